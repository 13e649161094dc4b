import { Command } from 'commander';
import { collect, examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from './api-flags.js';
import type { Profile, ProfileList } from './api-types.js';
import { callApi } from './connect.js';

/** Filters of `GET /profiles`, by their names there. */
interface Filters {
  readonly state?: readonly string[];
  readonly iccid?: string;
  readonly eid?: string;
  readonly matchingId?: string;
  readonly pool?: string;
  readonly label?: string;
  readonly profileType?: string;
  readonly operator?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

/** `mock-smdp profile list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .description('List profiles, in the order in which they were made.')
    .option('--state <state>', 'only those in this state; may be given several times', collect)
    .option('--iccid <iccid>', 'only that ICCID')
    .option('--eid <eid>', 'only those linked to this EID')
    .option('--matching-id <id>', 'only those with this MatchingID')
    .option('--pool <name>', 'only those in this pool')
    .option('--label <text>', 'only those with this label')
    .option('--profile-type <name>', 'only those of this type')
    .option('--operator <id>', 'only those of this operator')
    .option('--limit <number>', 'how many at once: 1 to 1000 (default: 100)')
    .option('--cursor <cursor>', 'go on where the list before has ended');
  examples(apiFlags(command), [
    ['what can be downloaded', 'profile list --state Released'],
    ['what a device has had', 'profile list --eid 89049032123451234512345678901235 --json'],
  ]);
  return command.action((flags: ApiFlags & Filters) => {
    const filters: Filters = membersOf(flags);
    return callApi<ProfileList>(
      flags,
      (api) => api.get(['profiles'], { ...filters }),
      (list) => showList(list, filters, flags),
    );
  });
}

function showList({ items, next }: ProfileList, filters: Filters, { server, namespace }: ApiFlags): void {
  if (items.length === 0) {
    const isWhole = Object.keys(filters).length === 0;
    return printStatus(
      isWhole
        ? `There are no profiles. Make one: ${commandFor('profile', 'create')}`
        : 'No profile is like that.',
    );
  }
  const headings = ['iccid', 'state', 'type', 'matchingid', 'eid', 'label'];
  table(headings, items.map(row)).forEach((line) => print(line));
  if (next === undefined) return;
  const again = Object.entries({ ...filters, cursor: next, server, namespace }).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => [flagOf(name), shellWord(each)]),
  );
  printStatus(`There are more: ${commandFor('profile', 'list', ...again)}`);
}

const row = ({ iccid, state, profileType, matchingId, eid, label, installedState }: Profile) => [
  iccid,
  installedState ? `${state} (${installedState})` : state,
  profileType,
  matchingId === '' ? '(by EID)' : matchingId,
  eid,
  label,
];

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
