import { Command } from 'commander';
import { SessionQuery, type SessionList, type SessionView } from '../../api/index.js';
import { memberFlags } from '../member-flags.js';
import { print, printable, printStatus, table } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { eventLine } from './event-line.js';

/** `mock-smdp session list`. */
export const listCommand = (): Command =>
  apiFlags(
    memberFlags(new Command('list').description('List the sessions of devices, newest last.'), SessionQuery),
  ).action((flags: ApiFlags) => callApi(flags, ({ journal }) => journal.sessions(membersOf(flags)), show));

function show({ items, total, unserved, withoutSession }: SessionList): void {
  showSessions(items, total);
  showEvents('Refused before a session began, newest last:', withoutSession);
  showEvents('Connections and requests that called no function, newest last:', unserved);
}

function showEvents(heading: string, events: SessionList['unserved']): void {
  if (events.length === 0) return;
  print();
  print(heading);
  for (const event of events) print(`  ${printable(eventLine({ kind: 'exchange', ...event }))}`);
}

function showSessions(items: readonly SessionView[], total: number): void {
  if (items.length === 0) return printStatus('The journal has no session of a device.');
  table(['transaction id', 'begun', 'eid', 'matching id', 'steps', 'outcome'], items.map(row)).forEach(
    (line) => print(line),
  );
  if (total > items.length)
    printStatus(`${total - items.length} older sessions are not shown; --limit shows more.`);
}

const row = ({ transactionId, begunAt, eid, matchingId, steps, outcome, status }: SessionView) => [
  transactionId,
  begunAt,
  eid,
  matchingId,
  String(steps.length),
  status === undefined ? outcome : `${outcome} ${status}`,
];
