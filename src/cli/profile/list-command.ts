import { Command } from 'commander';
import { ProfileListQuery, type ProfileList, type ProfileView } from '../../api/index.js';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { memberFlags } from '../member-flags.js';
import { print, printStatus, table } from '../output.js';
import { callApi } from '../server-calls.js';
import { apiFlags, membersOf, type ApiFlags } from './api-flags.js';
import { stateOf } from './describe.js';

/** `mock-smdp profile list`. */
export function listCommand(): Command {
  const command = new Command('list').description('List profiles, in the order in which they were made.');
  memberFlags(command, ProfileListQuery);
  examples(apiFlags(command), [
    ['profiles that can be downloaded', 'profile list --state Released'],
    ['profiles of a device', 'profile list --eid 89049032123451234512345678901235 --json'],
  ]);
  return command.action((flags: ApiFlags & ProfileListQuery) => {
    const filters = membersOf(flags);
    return callApi(
      flags,
      ({ profiles }) => profiles.list(filters),
      (list) => showList(list, filters, flags),
    );
  });
}

function showList(
  { items, next }: ProfileList,
  filters: ProfileListQuery,
  { server, namespace }: ApiFlags,
): void {
  if (items.length === 0) {
    const isWhole = Object.keys(filters).length === 0;
    return printStatus(
      isWhole
        ? `There are no profiles. Make one: ${commandFor('profile', 'create')}`
        : 'No profile matches these options.',
    );
  }
  const headings = ['iccid', 'state', 'type', 'matchingid', 'eid', 'label'];
  table(headings, items.map(row)).forEach((line) => print(line));
  if (next === undefined) return;
  const again = Object.entries({ ...filters, cursor: next, server, namespace }).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => [flagOf(name), shellWord(String(each))]),
  );
  printStatus(`There are more: ${commandFor('profile', 'list', ...again)}`);
}

const row = (profile: ProfileView) => [
  profile.iccid,
  stateOf(profile),
  profile.profileType,
  profile.matchingId === '' ? '(by EID)' : profile.matchingId,
  profile.eid,
  profile.label,
];

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
