import { withoutNamespace } from '../../base/namespace.js';
import type { ExchangeEntry } from './entry.js';

/** Which exchanges are meant: all that is given has to hold. */
export interface ExchangeFilter {
  /** TransactionId, hex in upper or lower case. */
  readonly session?: string | undefined;
  readonly eid?: string | undefined;
  readonly matchingId?: string | undefined;
  readonly iccid?: string | undefined;
  readonly function?: string | undefined;
  /** `ES9+`, `ES2+` … */
  readonly interface?: string | undefined;
  /** `Executed-Success`, a status code `8.2.6/3.8`, `HTTP 500`, `unverified`, `interrupted`. */
  readonly result?: string | undefined;
  /** Only what was served no function; false: only what was. */
  readonly unserved?: boolean | undefined;
  /** Only what came after: the id of an exchange. */
  readonly after?: number | undefined;
  /** Only what was answered at or after: milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** What distinguishes exchanges, beside when they took place. */
export const traits = ['function', 'interface', 'session', 'eid', 'matchingId', 'iccid', 'result'] as const;
export type FilterMember = (typeof traits)[number];

/** What an exchange has of a trait. */
export function traitOf(entry: ExchangeEntry, trait: FilterMember): string | undefined {
  if (trait === 'function') return entry.exchange.functionName;
  if (trait === 'interface') return entry.exchange.interfaceName;
  if (trait === 'session') return entry.session?.transactionId;
  if (trait === 'result') return entry.result;
  // As `facts` has it, but without making an object for each of many entries.
  return entry.exchange.facts[trait] ?? entry.session?.known[trait];
}

/** Whether a MatchingID is the one wanted; an empty one is none at all, or nothing but the prefix of a namespace. */
export const isMatchingId = (actual: string | undefined, wanted: string): boolean =>
  wanted === '' ? withoutNamespace(actual ?? '') === '' : actual === wanted;

/** Whether an exchange has what is wanted of a trait. */
export function hasTrait(entry: ExchangeEntry, trait: FilterMember, wanted: string): boolean {
  const actual = traitOf(entry, trait);
  if (trait === 'session') return actual === wanted.toUpperCase();
  if (trait === 'matchingId') return isMatchingId(actual, wanted);
  return actual === wanted;
}

/** Whether it took place in the time that is meant. */
export const isInTime = (
  { id, at }: ExchangeEntry,
  { after = 0, since = -Infinity }: ExchangeFilter,
): boolean => id > after && at >= since;

/** The test that a filter stands for. */
export function matcherOf(filter: ExchangeFilter): (entry: ExchangeEntry) => boolean {
  const wanted = traits.flatMap((trait) => {
    const value = filter[trait];
    return value === undefined ? [] : [{ trait, value }];
  });
  return (entry) =>
    isInTime(entry, filter) &&
    (filter.unserved === undefined || filter.unserved === (entry.exchange.mishap !== undefined)) &&
    wanted.every(({ trait, value }) => hasTrait(entry, trait, value));
}
