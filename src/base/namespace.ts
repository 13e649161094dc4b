/**
 * Namespaces let several test workers share one server without seeing each other's profiles. A caller of the control API names its
 * namespace in an HTTP header. A device cannot do so, because it sends only an address and a MatchingID. The server takes the device's
 * namespace from the order, or from the prefix of the MatchingID.
 */

/** The header in which a caller names its namespace. */
export const namespaceHeader = 'X-Mock-Namespace';

/** The value that means "no namespace". */
export const noNamespace = '';

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longest = 32;

/** The form of a namespace name, in words. */
export const namespaceForm = `1 to ${longest} letters, digits and single hyphens, for instance worker-3`;

/** Converts a namespace name to lower case, the form in which it is stored. `undefined` for an invalid name. */
export function canonicalNamespace(given: string): string | undefined {
  const name = given.toLowerCase();
  return form.test(name) && name.length <= longest ? name : undefined;
}

/** No namespace name ends with a hyphen or contains two hyphens in a row. So the first pair of hyphens in a MatchingID ends the prefix. */
const separator = '--';

/** The prefix of a MatchingID that selects a namespace: `WORKER-3--`. */
export const namespacePrefix = (namespace: string): string => namespace.toUpperCase() + separator;

/** A MatchingID with a namespace prefix. */
export interface PrefixedMatchingId {
  readonly namespace: string;
  /** The part after the prefix. If it is empty, the server finds the order by the device's EID within that namespace. */
  readonly rest: string;
}

/** The MatchingID without its namespace prefix, if it has one. */
export const withoutNamespace = (matchingId: string): string =>
  prefixedMatchingId(matchingId)?.rest ?? matchingId;

/** Splits `WORKER-3--ERR-8-2-6-3-8`. `undefined` for a MatchingID without a prefix. */
export function prefixedMatchingId(matchingId: string): PrefixedMatchingId | undefined {
  const end = matchingId.indexOf(separator);
  if (end < 1) return undefined;
  const prefix = matchingId.slice(0, end);
  const namespace = prefix === prefix.toUpperCase() ? canonicalNamespace(prefix) : undefined;
  return namespace === undefined ? undefined : { namespace, rest: matchingId.slice(end + separator.length) };
}
