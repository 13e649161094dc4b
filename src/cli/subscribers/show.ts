import type { MadeSubscribers, SubscriberView } from '../../api/index.js';
import { print, printable, printStatus, table } from '../output.js';

/** Maximum number of subscribers that a terminal shows. */
const mostShown = 20;

/** Prints subscribers as a table, without keys. */
export const showSubscribers = (subscribers: readonly SubscriberView[]): void =>
  showTable(
    ['imsi', 'iccid', 'msisdn', 'state', 'activation code'],
    subscribers,
    ({ imsi, iccid, msisdn, state, activationCode }) => [imsi, iccid, msisdn, state, activationCode],
  );

const secrets = ['k', 'opc', 'pin1', 'puk1', 'pin2', 'puk2', 'adm1'] as const;

/** Prints the keys, PINs and PUKs of subscribers as a table. A dash: the profile has the value of its profile type. */
export const showSecrets = (subscribers: readonly SubscriberView[]): void =>
  showTable(['imsi', 'iccid', ...secrets], subscribers, (one) => [
    one.imsi,
    one.iccid,
    ...secrets.map((name) => one[name] ?? '-'),
  ]);

function showTable(
  headings: string[],
  subscribers: readonly SubscriberView[],
  cells: (subscriber: SubscriberView) => Parameters<typeof table>[1][number],
): void {
  table(headings, subscribers.slice(0, mostShown).map(cells)).forEach((line) => print(line));
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
