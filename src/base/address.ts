import { isIPv6 } from 'node:net';

/** Why a text is not a server address, and what to write instead. */
export interface AddressProblem {
  /** The end of a sentence whose subject is the text, for instance `has a scheme`. */
  readonly message: string;
  readonly remedy: string;
}

/** A parsed server address. */
export interface Address {
  /** As written. An IPv6 address has no brackets. */
  readonly host: string;
  /** 1 to 65535. `undefined` means 443. */
  readonly port: number | undefined;
}

const general = 'write host or host:port, without https://';
const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/**
 * Parses `host`, `host:port`, `[v6]` or `[v6]:port`, the forms of SM-DP+ and SM-DS addresses (SGP.22 4.1: an FQDN).
 *
 * @returns the problem if the text is not an address
 */
export function readAddress(text: string): Address | AddressProblem {
  if (text === '') return { message: 'is empty', remedy: general };
  if (/\s/.test(text))
    return { message: 'has blanks', remedy: `write it without blanks: '${text.replace(/\s/g, '')}'` };
  if (text.includes('://')) return { message: 'has a scheme', remedy: withoutScheme(text) };
  if (/[/?#]/.test(text))
    return { message: 'has a path', remedy: `write it without the path: '${beforePath(text)}'` };
  if (isIPv6(text)) return { message: 'is an IPv6 address without brackets', remedy: `write '[${text}]'` };
  const [, v6, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/.exec(text) ?? [];
  const host = v6 ?? name;
  if (host === undefined || !(v6 === undefined ? hostName.test(host) : isIPv6(v6)))
    return { message: 'has no valid host name', remedy: general };
  if (port === undefined) return { host, port: undefined };
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535)
    return {
      message: `has the invalid port '${port}'`,
      remedy: 'write a port from 1 to 65535, or no port for 443',
    };
  return { host, port: number };
}

/** Splits an address that was validated before. @throws TypeError for an invalid address */
export function splitAddress(text: string): Address {
  const read = readAddress(text);
  if ('message' in read) throw new TypeError(`The address '${text}' ${read.message}; ${read.remedy}.`);
  return read;
}

/** Why a text is not a valid address. `undefined` if it is valid. */
export function addressProblem(text: string): AddressProblem | undefined {
  const read = readAddress(text);
  return 'message' in read ? read : undefined;
}

/** Whether a text is a valid server address. */
export const isAddress = (text: string): boolean => addressProblem(text) === undefined;

/**
 * The host of an address for comparisons, DNS and TLS: in lower case and without brackets. For a text that is not an address, the text
 * in lower case.
 */
export function hostOf(address: string): string {
  const read = readAddress(address);
  return lowerCase('message' in read ? address : read.host);
}

/** Builds an address. Puts brackets around an IPv6 host. Leaves out port 0, which means "not known yet". */
export function addressOf(host: string, port: number): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === 0 ? name : `${name}:${port}`;
}

/**
 * Whether `asked`, the address that a device sent, names the server with the address `own`. Ignores the case of host names. Compares
 * ports only if both addresses have one, because some devices omit the port.
 */
export function isSameAddress(own: string, asked: string): boolean {
  if (hostOf(own) !== hostOf(asked)) return false;
  const [mine, theirs] = [portOf(own), portOf(asked)];
  return mine === undefined || theirs === undefined || mine === theirs;
}

function portOf(address: string): number | undefined {
  const read = readAddress(address);
  return 'message' in read ? undefined : read.port;
}

/** Converts only A to Z. `toLowerCase` would also turn the Kelvin sign into a k, which names a different host. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const beforePath = (text: string): string => text.split(/[/?#]/, 1)[0] ?? '';

function withoutScheme(text: string): string {
  const end = text.indexOf('://') + 3;
  const rest = beforePath(text.slice(end));
  return rest === '' ? general : `write it without ${text.slice(0, end)}: '${rest}'`;
}
