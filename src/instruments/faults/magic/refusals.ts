import type { MagicCode, FaultStep } from './code.js';
import { answeringSteps, stepOf, stepped } from './code.js';

/** Status codes that SGP.22 defines only for getBoundProfilePackage (5.6.2) or cancelSession (5.6.5). */
const laterSteps: Readonly<Record<string, FaultStep>> = {
  '8.2/3.7': 'GBPP',
  '8.2.7/2.2': 'GBPP',
  '8.2.7/3.8': 'GBPP',
  '8.2.7/6.4': 'GBPP',
  '8.8/3.10': 'CANCEL',
};

/**
 * Turns `8-2-6-3-8` into `8.2.6/3.8`: the reason code is the last two numbers. The pattern requires a subject code of at least two
 * numbers. Otherwise `8-2-6`, with the reason missing, would mean 8/2.6.
 */
function statusOf(numbers: string): string {
  const parts = numbers.split('-');
  return `${parts.slice(0, -2).join('.')}/${parts.slice(-2).join('.')}`;
}

/** MatchingIDs that the server refuses. */
export const refusals: readonly MagicCode[] = [
  {
    name: 'ERR',
    form: 'ERR-[step-]<subject code>-<reason code>',
    pattern: stepped('ERR', '-(?<status>\\d{1,2}(-\\d{1,2}){3,5})', answeringSteps),
    examples: ['ERR-8-2-6-3-8', 'ERR-8-8-5-4-10', 'ERR-8-2-7-3-8', 'ERR-GBPP-8-8-5-4-10', 'ERR-9-9-9-9'],
    what: 'refuses with this status at the named step. Without a step, refuses at the step where SGP.22 uses the status. The last two numbers are the reason; the two or more numbers before them are the subject. Codes unknown to SGP.22 work too',
    notices: 'the server refuses with 8.2.6 / 3.8',
    read: (match) => {
      const refuse = statusOf(match.groups!['status']!);
      return { rule: { function: stepOf(match, laterSteps[refuse]), refuse } };
    },
    slips: [[/^ERR(-[A-Z]+)?(-\d{1,2}){1,3}$/, 'reason is missing, as 3-8 in 8-2-6-3-8']],
  },
  {
    name: 'MEMORY',
    form: 'MEMORY',
    pattern: /^MEMORY$/,
    examples: ['MEMORY'],
    what: 'refuses with 8.1/4.8, as if the profile did not fit into the memory of the eUICC',
    notices: 'the server refuses with 8.1 / 4.8',
    read: () => ({ rule: { function: 'authenticateClient', refuse: '8.1/4.8' } }),
  },
];
