import { isIPv6 } from 'node:net';

/** Limits of a public server. They suit people who test by hand, and small test suites. */
export const limits = {
  /** Requests of one address to the self-service page in a minute. */
  pageRequests: 60,
  /** Codes that one address may ask for in a minute. */
  codeRequests: 10,
  /** Requests of one address to the device-facing listener in a minute. A download takes four. */
  deviceRequests: 240,
  /** Downloads that one EID may begin in an hour. */
  downloadsPerEid: 30,
  /** Open orders that one address may have. */
  ordersPerAddress: 20,
  /** Open orders that one EID may have. */
  ordersPerEid: 5,
  /** Profiles on the server, in any state. */
  profiles: 10_000,
  /** Octets of a request to the self-service page. */
  body: 4096,
  /** Connections to each listener. */
  connections: 1000,
  /**
   * Maximum number of addresses and of EIDs that the limits remember. Beyond this number, the limits forget the address or EID that was
   * seen longest ago.
   */
  remembered: 10_000,
} as const;

/**
 * The network whose requests are counted together: a single IPv4 address, or the 64-bit prefix of an IPv6 address. Such a prefix
 * usually belongs to one customer.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - after.length;
  return `${[...groups, ...Array<string>(missing).fill('0'), ...after].slice(0, 4).join(':')}::/64`;
}
