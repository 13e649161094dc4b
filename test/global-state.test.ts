import { expect, it } from 'vitest';
import { changes, unread, type State } from './support/global-state.js';

const log = () => undefined;
const clean: State = {
  members: { 'console.log': log, 'globalThis.Worker': unread },
  environment: { SMDP_PORT: '8443' },
  values: { 'the working directory': '/' },
  counts: { 'open TCPServerWrap': 1 },
};

it.each<[string, Partial<State>, string[]]>([
  ['nothing', {}, []],
  ['fewer servers', { counts: {} }, []],
  ['one more server', { counts: { 'open TCPServerWrap': 2 } }, ['open TCPServerWrap: 1 became 2']],
  [
    'a spy on the console',
    { members: { ...clean.members, 'console.log': () => undefined } },
    ['console.log is another'],
  ],
  [
    'a member that was used for the first time',
    { members: { ...clean.members, 'globalThis.Worker': log } },
    [],
  ],
  ['a new global', { members: { ...clean.members, 'globalThis.x': 1 } }, ['globalThis.x is new']],
  ['a changed variable', { environment: { SMDP_PORT: '1' } }, ['process.env.SMDP_PORT is another']],
  ['a removed variable', { environment: {} }, ['process.env.SMDP_PORT is gone']],
  [
    'another working directory',
    { values: { 'the working directory': '/tmp' } },
    ['the working directory: / became /tmp'],
  ],
])('a test file that leaves behind %s', (_, left, said) => {
  expect(changes(clean, { ...clean, ...left })).toEqual(said);
});
