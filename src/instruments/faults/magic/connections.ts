import type { MagicCode } from './code.js';
import { stepOf, stepped } from './code.js';

/** MatchingIDs that cause connection faults. */
export const connections: readonly MagicCode[] = [
  {
    name: 'SLOW',
    form: 'SLOW-[step-]<seconds>',
    pattern: stepped('SLOW', '-(?<seconds>600|[1-5]\\d\\d|[1-9]\\d?)'),
    examples: ['SLOW-5', 'SLOW-GBPP-2', 'SLOW-NOTE-1'],
    what: 'handles the request at once, and answers 1 to 600 seconds later',
    notices: 'only the delay. If the device gives up first, the state on the server has changed anyway',
    read: (match) => ({
      rule: {
        function: stepOf(match),
        when: 'after',
        delay: Number(match.groups!['seconds']) * 1000,
      },
    }),
    slips: [[/-\d+$/, 'seconds are 1 to 600']],
  },
  {
    name: 'TRICKLE',
    form: 'TRICKLE-[step]',
    pattern: stepped('TRICKLE'),
    examples: ['TRICKLE', 'TRICKLE-GBPP'],
    what: 'sends the body in pieces of 512 octets, one every 100 ms',
    notices: 'nothing, if the device waits for the whole body',
    read: (match) => ({
      rule: { function: stepOf(match), pieces: 512, pause: 100 },
    }),
  },
  {
    name: 'CUT',
    form: 'CUT-[step]',
    pattern: stepped('CUT'),
    examples: ['CUT', 'CUT-GBPP', 'CUT-NOTE'],
    what: 'closes the connection instead of handling the request',
    notices: 'no answer. The order is unchanged, and the device may repeat the request',
    read: (match) => ({ rule: { function: stepOf(match), cut: 'close' } }),
  },
  {
    name: 'RESET',
    form: 'RESET-[step]',
    pattern: stepped('RESET'),
    examples: ['RESET', 'RESET-GBPP'],
    what: 'resets the connection (RST) instead of handling the request',
    notices: 'no answer: ECONNRESET',
    read: (match) => ({ rule: { function: stepOf(match), cut: 'reset' } }),
  },
  {
    name: 'LOST',
    form: 'LOST-[step]',
    pattern: stepped('LOST'),
    examples: ['LOST', 'LOST-GBPP', 'LOST-NOTE'],
    what: 'handles the request, then closes the connection without an answer',
    notices:
      'no answer, although the state has changed. A new download with the same MatchingID finds the same profile',
    read: (match) => ({ rule: { function: stepOf(match), when: 'after', cut: 'close' } }),
  },
  {
    name: 'HALF',
    form: 'HALF-[step]',
    pattern: stepped('HALF', '', ['AC', 'GBPP']),
    examples: ['HALF', 'HALF-GBPP'],
    what: 'closes the connection after the first 100 octets of the body',
    notices: 'the body ends early: aborted',
    read: (match) => ({ rule: { function: stepOf(match), cut: 'close', cutAfter: 100 } }),
  },
];
