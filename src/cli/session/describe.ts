import { printable } from '../output.js';
import type { ExchangeDetails } from '../../api/index.js';

/** An exchange. Exchanges in files of older versions have no namespace. */
type Shown = Omit<ExchangeDetails, 'namespace'>;

/** Describes an exchange in several lines: its result, checks and messages. */
export const describeExchange = (exchange: Shown): string[] => [
  `${exchange.id}  ${exchange.interface} ${exchange.function}: ${exchange.result} (${exchange.duration} ms)`,
  ...indented([
    ...(exchange.outcome === undefined ? [] : [`outcome ${exchange.outcome}`]),
    ...(exchange.state ? [`profile ${exchange.state.before} > ${exchange.state.after}`] : []),
    ...exchange.checks.map((check) => `ok      ${checkLine(check)}`),
    ...(exchange.deviations ?? []).map((check) => `bent    ${checkLine(check)}`),
    ...refusalLines(exchange),
    ...(exchange.faults ?? []).map(({ by, what }) => `fault   ${by}: ${what}`),
    ...messageLines('request', exchange.request?.decoded),
    ...messageLines('answer', exchange.answer.decoded ?? `HTTP ${exchange.answer.status}`),
    ...messageLines('secrets', exchange.secrets),
  ]),
];

const checkLine = ({ clause, what }: ExchangeDetails['checks'][number]): string => `${clause}: ${what}`;

const refusalLines = ({ refusal, nearest }: Shown): string[] => [
  ...(refusal ? [`refused ${refusal.clause ?? refusal.status}: ${refusal.message}`] : []),
  ...(nearest ? [`nearest ${nearest.why}`] : []),
];

const messageLines = (name: string, content: unknown): string[] =>
  content === undefined ? [] : outline(name, content);

/** Formats a value as an outline: `name: value`, with members indented. */
function outline(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [`${name}: ${String(value)}`];
  if (Array.isArray(value) && value.length > 0 && value.every(isScalar))
    return [`${name}: ${value.join(', ')}`];
  const members = Object.entries(value);
  if (members.length === 0) return [`${name}: none`];
  return [name, ...indented(members.flatMap(([member, content]) => outline(member, content)))];
}

const isScalar = (value: unknown): boolean => typeof value !== 'object';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Makes lines safe for a terminal, because parts of the text come from devices. */
export const fit = (lines: readonly string[]): string[] => lines.map(printable);
