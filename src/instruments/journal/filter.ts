import { withoutNamespace } from '../../base/namespace.js';
import type { ExchangeEntry } from './entry.js';

/** Selects exchanges. An exchange matches if all given members match. */
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
  /** The name of a fault rule, a magic MatchingID or a conduct that acted. */
  readonly fault?: string | undefined;
  /** The number of an outcome of a fault rule, or the name of the rule and the number: `flaky 2`. */
  readonly outcome?: string | undefined;
  /** True: only requests that reached no function. False: only requests that reached a function. */
  readonly unserved?: boolean | undefined;
  /** Only exchanges with a greater id. */
  readonly after?: number | undefined;
  /** Only exchanges answered at or after this time, in milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** Filter members that are compared with a value of the exchange. */
export const traits = [
  'function',
  'interface',
  'session',
  'eid',
  'matchingId',
  'iccid',
  'result',
  'fault',
  'outcome',
] as const;
export type FilterMember = (typeof traits)[number];

/** The value of an exchange for a filter member. */
export function traitOf(entry: ExchangeEntry, trait: FilterMember): string | undefined {
  if (trait === 'function') return entry.exchange.functionName;
  if (trait === 'interface') return entry.exchange.interfaceName;
  if (trait === 'session') return entry.session?.transactionId;
  if (trait === 'result') return entry.result;
  if (trait === 'fault') return joined(faultsOf(entry));
  if (trait === 'outcome')
    return joined(entry.exchange.ruleOutcomes.map(({ by, outcome }) => `${by} ${outcome}`));
  // This is the value in `entry.facts`. Reading `entry.facts` would create an object for each entry.
  return entry.exchange.facts[trait] ?? entry.session?.known[trait];
}

/** The sources of the faults of an exchange. */
const faultsOf = ({ exchange }: ExchangeEntry): readonly string[] => [
  ...new Set([...exchange.faultNotes, ...exchange.ruleOutcomes].map(({ by }) => by)),
];

const joined = (names: readonly string[]): string | undefined =>
  names.length > 0 ? names.join(', ') : undefined;

/**
 * Whether a MatchingID is equal to `wanted`. An empty `wanted` matches an absent MatchingID, an empty MatchingID and a bare namespace
 * prefix.
 */
export const isMatchingId = (actual: string | undefined, wanted: string): boolean =>
  wanted === '' ? withoutNamespace(actual ?? '') === '' : actual === wanted;

/** Whether an exchange has the wanted value for a filter member. */
export function hasTrait(entry: ExchangeEntry, trait: FilterMember, wanted: string): boolean {
  if (trait === 'fault') return faultsOf(entry).includes(wanted);
  if (trait === 'outcome')
    return entry.exchange.ruleOutcomes.some(({ by, outcome }) =>
      [`${outcome}`, `${by} ${outcome}`].includes(wanted),
    );
  const actual = traitOf(entry, trait);
  if (trait === 'session') return actual === wanted.toUpperCase();
  if (trait === 'matchingId') return isMatchingId(actual, wanted);
  return actual === wanted;
}

/** Whether an exchange is in the filter's time range. */
export const isInTime = (
  { id, at }: ExchangeEntry,
  { after = 0, since = -Infinity }: ExchangeFilter,
): boolean => id > after && at >= since;

/** Turns a filter into a predicate. */
export function matcherOf(filter: ExchangeFilter): (entry: ExchangeEntry) => boolean {
  const wanted = traits.flatMap((trait) => {
    const value = filter[trait];
    return value === undefined ? [] : [{ trait, value }];
  });
  return (entry) =>
    isInTime(entry, filter) &&
    (filter.unserved === undefined || filter.unserved === (entry.exchange.listenerFailure !== undefined)) &&
    wanted.every(({ trait, value }) => hasTrait(entry, trait, value));
}
