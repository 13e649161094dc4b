import { describe, expect, it } from 'vitest';
import { addressProblem, readAddress } from '../../src/base/address.js';

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
    ['localhost:99999', "has the port '99999'"],
    ['localhost:0', "has the port '0'"],
    ['-x', 'has no host name in the form of one'],
  ])('%j is refused', (text, message) => {
    expect(addressProblem(text)?.message).toBe(message);
  });
});
