import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (...data: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of data) hash.update(part);
  return hash.digest();
};

/**
 * The stored hash of a confirmation code: the SHA-256 of its text. One widespread test suite hashes the digits as hex
 * octets instead. So if the code has an even number of digits, the SHA-256 of these octets is appended.
 */
export function hashConfirmationCode(code: string): Buffer {
  const hashes = [sha256(Buffer.from(code, 'utf8'))];
  if (/^([0-9]{2})+$/.test(code)) hashes.push(sha256(Buffer.from(code, 'hex')));
  return Buffer.concat(hashes);
}

/** Whether a matching `hashCc` was computed from the digits as hex octets. */
export const isHashOfOctets = (stored: Buffer, transactionId: Buffer, hashCc: Buffer): boolean =>
  confirmationCodeMatches(stored.subarray(32), transactionId, hashCc);

/**
 * Whether `hashCc` of EUICCSigned2 is SHA256(stored hash ‖ TransactionId) (SGP.22 5.7.5). Compares in constant time.
 */
export function confirmationCodeMatches(stored: Buffer, transactionId: Buffer, hashCc: Buffer): boolean {
  let matches = false;
  for (let at = 0; at < stored.length; at += 32) {
    const expected = sha256(stored.subarray(at, at + 32), transactionId);
    matches = (expected.length === hashCc.length && timingSafeEqual(expected, hashCc)) || matches;
  }
  return matches;
}
