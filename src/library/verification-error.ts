import {
  boundsInWords,
  boundsOf,
  type ExchangeSummary,
  type NearMiss,
  type Unverified,
} from '../api/index.js';
import { sinceText } from './journal.js';
import type { Expectation } from './expectation.js';

/** Maximum number of exchanges that a message lists. */
const mostTold = 5;

/**
 * The expected exchanges did not take place. The message says which exchanges were expected, and which exchanges the
 * journal has instead.
 */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  /** The expected members of an exchange. Test runners show the difference to `actual`. */
  declare readonly expected?: object;
  /** The same members of the most similar exchange. */
  declare readonly actual?: object;

  /** @param instead exchanges to list if no exchange is similar to the expected exchange */
  constructor(expectation: Expectation, answer: Unverified, instead: readonly ExchangeSummary[] = []) {
    super(messageFor(expectation, answer, instead));
    const [nearest] = answer.nearMisses;
    if (nearest && answer.count === 0) Object.assign(this, difference(expectation, nearest));
  }
}

function messageFor(
  { expect, count, since, timeout, during }: Expectation,
  { count: found, exchanges, nearMisses }: Unverified,
  instead: readonly ExchangeSummary[],
): string {
  const members = Object.entries(expect).map(([member, value]) => `${member} ${value || "''"}`);
  const wanted = [
    `exchanges: ${boundsInWords(boundsOf(count))} expected, ${found} found`,
    ...(members.length > 0 ? [`with ${members.join(', ')}`] : []),
    ...(since === undefined ? [] : [`since ${sinceText(since)}`]),
    ...(timeout === undefined ? [] : [`within ${timeout} s`]),
    ...(during === undefined ? [] : [`and for ${during} s`]),
  ].join(' ');
  return [wanted, ...told(exchanges, nearMisses, instead)].join('\n');
}

/** Exchanges that took place instead, one per line. */
function told(
  found: readonly ExchangeSummary[],
  nearMisses: readonly NearMiss[],
  instead: readonly ExchangeSummary[],
): string[] {
  if (nearMisses.length > 0 && found.length === 0)
    return nearMisses.map(({ exchange, differs }) => `  near: ${nameOf(exchange)}, ${inWords(differs)}`);
  const shown = found.length > 0 ? found : instead;
  if (shown.length === 0) return ['  there was no exchange at all'];
  const before = shown.length - mostTold;
  const lines = shown
    .slice(-mostTold)
    .map(
      (exchange) =>
        `  there ${found.length > 0 ? 'was' : 'was only'}: ${nameOf(exchange)}, ${outcomeOf(exchange)}`,
    );
  return before > 0 ? [...lines, `  and ${before} earlier`] : lines;
}

const nameOf = ({ id, interface: name, function: called }: ExchangeSummary): string =>
  `exchange ${id}, ${name} ${called}`;

const outcomeOf = ({ result, message }: ExchangeSummary): string =>
  message === undefined ? result : `${result}: ${message}`;

const inWords = (differs: NearMiss['differs']): string =>
  differs
    .map(({ member, expected, actual = 'not known' }) => `${member} is ${actual} instead of ${expected}`)
    .join(', ');

/** The expected members, and the same members of the most similar exchange. */
function difference(
  { expect: expected }: Expectation,
  { differs }: NearMiss,
): { expected: object; actual: object } {
  const others = Object.fromEntries(differs.map(({ member, actual }) => [member, actual]));
  return { expected, actual: { ...expected, ...others } };
}
