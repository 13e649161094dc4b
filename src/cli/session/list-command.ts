import { Command } from 'commander';
import { print, printable, printStatus, table } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import { eventLine } from './event-line.js';
import type { Session, SessionList } from './api-types.js';

/** `mock-smdp session list`. */
export const listCommand = (): Command =>
  apiFlags(
    new Command('list')
      .description('List what devices have done, by session, the newest last.')
      .option('--eid <eid>', 'only those of this EID')
      .option('--matching-id <id>', 'only those for this MatchingID')
      .option('--iccid <iccid>', 'only those for this ICCID')
      .option('--limit <number>', 'how many, 1 to 1000 (default: 100)'),
  ).action((flags: ApiFlags) =>
    callApi<SessionList>(flags, (api) => api.get(['sessions'], { ...membersOf(flags) }), show),
  );

function show({ items, total, unserved }: SessionList): void {
  showSessions(items, total);
  if (unserved.length === 0) return;
  print();
  print('Came to no function, the newest last:');
  for (const event of unserved) print(`  ${printable(eventLine(event))}`);
}

function showSessions(items: readonly Session[], total: number): void {
  if (items.length === 0) return printStatus('No device has had a session, or the journal has forgotten it.');
  table(['transaction id', 'begun', 'eid', 'matching id', 'steps', 'outcome'], items.map(row)).forEach(
    (line) => print(line),
  );
  if (total > items.length)
    printStatus(`${total - items.length} older ones are left out; --limit shows more.`);
}

const row = ({ transactionId, begunAt, eid, matchingId, steps, outcome, status }: Session) => [
  transactionId,
  begunAt,
  eid,
  matchingId,
  String(steps.length),
  status === undefined ? outcome : `${outcome} ${status}`,
];
