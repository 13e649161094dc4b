import { describe, expect, it } from 'vitest';
import { isSameAddress } from '../../src/authentication/address.js';

describe('an SM-DP+ address', () => {
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
