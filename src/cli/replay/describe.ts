import type { ReplayedExchange, ReplayReport } from '../../replay/index.js';
import { printable } from '../output.js';

/** Describes a replayed exchange, with one line for each difference. */
export const describeReplayed = (exchange: ReplayedExchange): string[] =>
  [
    `${words[exchange.outcome].padEnd(width)}  ${exchange.id}  ${exchange.interface} ${exchange.function}: ${resultsOf(exchange)}`,
    ...[exchange.why, exchange.remark].flatMap((text) => (text === undefined ? [] : [`  ${text}`])),
    ...exchange.differences.flatMap(({ path, recorded = none, now = none }) => [
      `  ${path}`,
      `    then  ${recorded}`,
      `    now   ${now}`,
    ]),
  ].map(printable);

const none = '(nothing)';

const words = { same: 'same', different: 'different', notReplayed: 'not replayed' } as const;
const width = Math.max(...Object.values(words).map(({ length }) => length));

const resultsOf = ({ recorded, now }: ReplayedExchange): string =>
  now === undefined || now === recorded ? recorded : `${recorded}, now ${now}`;

/** Sums up the replay in a sentence or two. */
export function summaryOf({ counts: { same, different, notReplayed } }: ReplayReport): string {
  const replayed = same + different;
  const rest = notReplayed > 0 ? ` ${exchanges(notReplayed)} not replayed.` : '';
  if (replayed === 0) return `Nothing was replayed.${rest}`;
  return different === 0
    ? `${exchanges(same)} answered as in the recording.${rest}`
    : `${different} of ${exchanges(replayed)} answered differently from the recording.${rest}`;
}

const exchanges = (count: number): string => (count === 1 ? '1 exchange is' : `${count} exchanges are`);
