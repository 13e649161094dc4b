import { createCipheriv } from 'node:crypto';

/**
 * OPc of Milenage (3GPP TS 35.206, 4.1): AES-128 of OP under K, XOR OP.
 *
 * @param k 32 hex digits
 * @param op 32 hex digits
 * @returns 32 lower-case hex digits
 */
export function opcOf(k: string, op: string): string {
  const plain = Buffer.from(op, 'hex');
  const cipher = createCipheriv('aes-128-ecb', Buffer.from(k.slice(0, 32), 'hex'), null).setAutoPadding(
    false,
  );
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.from(encrypted.map((octet, index) => octet ^ plain[index]!)).toString('hex');
}
