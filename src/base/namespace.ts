/**
 * Namespaces: several test workers share one server without seeing each other. A caller of the control API says in a header
 * which one it works in; a device, which carries an address and a MatchingID only, is told apart by the order that it asks
 * for, or by a MatchingID that begins with the name.
 */

/** The header in which a caller names its namespace. */
export const namespaceHeader = 'X-Mock-Namespace';

/** The namespace of whatever belongs to none. */
export const noNamespace = '';

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longest = 32;

/** What a name is, in words. */
export const namespaceForm = `1 to ${longest} letters, digits and single hyphens, for instance worker-3`;

/** The name as it is kept, in lower case; `undefined` for what is none. */
export function canonicalNamespace(given: string): string | undefined {
  const name = given.toLowerCase();
  return form.test(name) && name.length <= longest ? name : undefined;
}

/** No name ends with a hyphen or has two in a row: the first pair is where the prefix ends. */
const separator = '--';

/** What a MatchingID begins with that says in which namespace it is meant: `WORKER-3--`. */
export const namespacePrefix = (namespace: string): string => namespace.toUpperCase() + separator;

/** A MatchingID that says in which namespace it is meant. */
export interface PrefixedMatchingId {
  readonly namespace: string;
  /** What comes after the prefix; empty: look-up by EID in that namespace. */
  readonly rest: string;
}

/** What a MatchingID is without the namespace that it may begin with. */
export const withoutNamespace = (matchingId: string): string =>
  prefixedMatchingId(matchingId)?.rest ?? matchingId;

/** `WORKER-3--ERR-8-2-6-3-8` taken apart; `undefined` for a MatchingID without such a prefix. */
export function prefixedMatchingId(matchingId: string): PrefixedMatchingId | undefined {
  const end = matchingId.indexOf(separator);
  if (end < 1) return undefined;
  const prefix = matchingId.slice(0, end);
  const namespace = prefix === prefix.toUpperCase() ? canonicalNamespace(prefix) : undefined;
  return namespace === undefined ? undefined : { namespace, rest: matchingId.slice(end + separator.length) };
}
