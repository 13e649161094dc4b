const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether `text` is a host name (RFC 1123): labels of letters, digits and hyphens. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((part) => label.test(part)) && !/^[0-9.]+$/.test(text);

/** Whether a host name has a domain, and so is probably fully qualified. */
export const isFullyQualified = (host: string): boolean => isHostName(host) && host.includes('.');

/** Compares host names without regard to case. */
export const isSameHost = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
