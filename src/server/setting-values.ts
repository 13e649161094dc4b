import { isIP, isIPv6 } from 'node:net';
import { hostOf, isAddress } from '../base/address.js';

// Each function reads a value from the text of an environment variable or a flag. It returns `undefined` if the text is not a valid value.

export const text = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : undefined);

export const oneOf =
  <const T extends string>(...values: readonly T[]) =>
  (value: string): T | undefined =>
    values.find((candidate) => candidate === value);

export function port(value: string): number | undefined {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  return number <= 65535 ? number : undefined;
}

export function positive(value: string): number | undefined {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  return number > 0 ? number : undefined;
}

export const upTo =
  (most: number) =>
  (value: string): number | undefined =>
    /^\d{1,9}$/.test(value) && Number(value) <= most ? Number(value) : undefined;

const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/** A host to bind to. An IPv6 address may have brackets. */
export function bindHost(value: string): string | undefined {
  const bare = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : value;
  return isIPv6(bare) ? bare : text(hostName)(value);
}

export const address = (value: string): string | undefined => (isAddress(value) ? value : undefined);

/** A list of IP addresses and networks. A network has a prefix of 1 to 32 bits for IPv4, or 1 to 128 bits for IPv6. */
export const networks = (value: string): string | undefined =>
  value.split(',').every(isNetwork) ? value : undefined;

function isNetwork(text: string): boolean {
  const [, ip = '', bits = '1'] = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(ip)] ?? 0;
  return Number(bits) >= 1 && Number(bits) <= most;
}

/** A URL without query, fragment and user name. */
export function baseUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  const isBase = isHttp && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isBase ? value : undefined;
}

/** An address with a host name. An IP address is not allowed, because clients cannot send an IP address in SNI. */
export const namedAddress = (value: string): string | undefined =>
  isIP(hostOf(value)) ? undefined : address(value);

export const workers = (value: string): number | undefined => {
  const number = upTo(64)(value);
  return number === 0 ? undefined : number;
};
