import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { confirmationCodeMatches, hashConfirmationCode } from '../../src/orders/index.js';
import { transactionId } from './support.js';

/** Worked by hand: SHA256( SHA256(code) || 00112233445566778899AABBCCDDEEFF ) of the code 12345678. */
const asText = Buffer.from('8d8c7fedc8d71c360fc2a64588a0c91666111939d42af4d1fe0fd1e057eab543', 'hex');
const asHexDigits = Buffer.from('16839909ba8952f9f94894d5cae341b7ce48fb3cb5f1e4436f1567ec00d2da21', 'hex');

const matches = (code: string, hashCc: Buffer, tid = transactionId): boolean =>
  confirmationCodeMatches(hashConfirmationCode(code), tid, hashCc);

describe('a confirmation code', () => {
  test('fits the hash over its text', () => {
    expect(matches('12345678', asText)).toBe(true);
  });
  test('fits the hash over its digits read as hex octets', () => {
    expect(matches('12345678', asHexDigits)).toBe(true);
  });
  test('fits no hash of another code', () => {
    expect(matches('12345679', asText)).toBe(false);
    expect(matches('12345679', asHexDigits)).toBe(false);
  });
  test('fits no hash of another session', () => {
    expect(matches('12345678', asText, Buffer.alloc(16))).toBe(false);
  });
  test('fits no hash of another length, not even the beginning of its own', () => {
    expect(matches('12345678', asText.subarray(0, 31))).toBe(false);
    expect(matches('12345678', Buffer.concat([asText, Buffer.alloc(1)]))).toBe(false);
    expect(matches('12345678', Buffer.alloc(0))).toBe(false);
  });
  test('of an odd number of digits, or of letters, is read as text alone', () => {
    expect(hashConfirmationCode('12345')).toHaveLength(32);
    expect(hashConfirmationCode('abcd')).toHaveLength(32);
    expect(hashConfirmationCode('1234')).toHaveLength(64);
  });
  test('beyond ASCII is read as UTF-8', () => {
    const inner = createHash('sha256')
      .update(Buffer.from([0xc3, 0xa4]))
      .digest();
    const hashCc = createHash('sha256').update(inner).update(transactionId).digest();
    expect(matches('\u00e4', hashCc)).toBe(true);
  });
  test('is not in what is kept of it', () => {
    expect(hashConfirmationCode('1234').includes('1234')).toBe(false);
  });
});
