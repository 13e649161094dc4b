import { describe, expect, it } from 'vitest';
import {
  addressOf,
  addressProblem,
  hostOf,
  isSameAddress,
  readAddress,
  splitAddress,
} from '../../src/base/address.js';

describe('the address of a server', () => {
  it.each([
    ['smdp.example.com', 'smdp.example.com', undefined],
    ['localhost:8443', 'localhost', 8443],
    ['[2001:db8::1]:443', '2001:db8::1', 443],
  ])('%s is understood', (text, host, port) => {
    expect(readAddress(text)).toEqual({ host, port });
  });

  it.each([
    ['', 'is empty'],
    ['smdp example.com', 'has blanks'],
    ['https://localhost:8443', 'has a scheme'],
    ['smdp.example.com/', 'has a path'],
    ['::1', 'is an IPv6 address without brackets'],
    ['localhost:99999', "has the invalid port '99999'"],
    ['localhost:0', "has the invalid port '0'"],
    ['-x', 'has no valid host name'],
  ])('%j is refused', (text, message) => {
    expect(addressProblem(text)?.message).toBe(message);
  });
});

describe('the host of an address', () => {
  it.each([
    ['SMDP.Example.COM', 'smdp.example.com'],
    ['SMDP.Example.COM:8443', 'smdp.example.com'],
    ['[2001:DB8::1]:443', '2001:db8::1'],
    ['[::1]', '::1'],
    ['::1', '::1'],
    ['smdp.example.com:', 'smdp.example.com:'],
    ['moc\u212a.example.com', 'moc\u212a.example.com'],
  ])('of %j is %j', (address, host) => {
    expect(hostOf(address)).toBe(host);
  });
});

describe('an address that is written', () => {
  it.each([
    ['localhost', 8443, 'localhost:8443'],
    ['::1', 8443, '[::1]:8443'],
  ])('of host %j and port %i is %j', (host, port, address) => {
    expect(addressOf(host, port)).toBe(address);
    expect(splitAddress(address)).toEqual({ host, port });
  });

  it('has no port where that is not known yet', () => {
    expect(addressOf('localhost', 0)).toBe('localhost');
  });

  it('is not split if it is not an address', () => {
    expect(() => splitAddress('localhost:99999')).toThrow(
      /'localhost:99999' has the invalid port '99999'; write a port/,
    );
  });
});

describe('the address that a device asks for', () => {
  it.each([
    ['smdp.example.com', 'SMDP.Example.COM'],
    ['smdp.example.com:8443', 'smdp.example.com:8443'],
    ['smdp.example.com:8443', 'smdp.example.com'],
    ['smdp.example.com', 'smdp.example.com:8443'],
    ['[::1]:8443', '[::1]'],
  ])('%s is meant by %s', (own, asked) => {
    expect(isSameAddress(own, asked)).toBe(true);
  });

  it.each([
    ['smdp.example.com', 'smdp.example.org'],
    ['smdp.example.com', 'dp.example.com'],
    ['smdp.example.com:8443', 'smdp.example.com:443'],
    ['smdp.example.com:8443', 'smdp.example.com:'],
    ['smdp.example.com:8443', 'smdp.example.com:8443:8443'],
    ['[::1]:8443', '[::2]:8443'],
    // Upper-case letters of other scripts whose lower case is an ASCII letter: the Kelvin sign.
    ['mock.example.com', 'moc\u212a.example.com'],
  ])('%s is not meant by %s', (own, asked) => {
    expect(isSameAddress(own, asked)).toBe(false);
  });
});
