import type { MadeSubscribers, SubscriberView } from '../../api/index.js';
import { print, printable, printStatus, table } from '../output.js';

/** Maximum number of subscribers that a terminal shows. */
const mostShown = 20;

/** Prints subscribers as a table, without keys. */
export function showSubscribers(subscribers: readonly SubscriberView[]): void {
  const rows = subscribers
    .slice(0, mostShown)
    .map(({ imsi, iccid, msisdn, state, activationCode }) => [imsi, iccid, msisdn, state, activationCode]);
  table(['imsi', 'iccid', 'msisdn', 'state', 'activation code'], rows).forEach((line) => print(line));
  if (subscribers.length > mostShown)
    printStatus(`… and ${subscribers.length - mostShown} more; --json shows all.`);
}

/** Prints the result of an import. */
export function showMade({ created, rows, dryRun, subscribers, warnings }: MadeSubscribers): void {
  for (const { field, message } of warnings) printStatus(`Warning: ${printable(`${field}: ${message}`)}`);
  if (dryRun) return print(`${rows} subscribers, all correct. This was a dry run: nothing was made.`);
  print(`${created} subscribers made.`);
  showSubscribers(subscribers);
}
