import { createPrivateKey, type KeyObject } from 'node:crypto';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

export interface PemBlock {
  /** The text after BEGIN: `CERTIFICATE`, `EC PRIVATE KEY` … */
  readonly label: string;
  readonly text: string;
  readonly octets: Buffer;
}

/** The blocks of a PEM file, in order. Other text is ignored. */
export const pemBlocks = (text: string): PemBlock[] =>
  [...text.matchAll(block)].map(([whole, label]) => ({
    label: label!,
    text: whole,
    octets: Buffer.from(whole.replace(/-----[^-]+-----/g, ''), 'base64'),
  }));

export const isPrivateKey = ({ label }: PemBlock): boolean => label.endsWith('PRIVATE KEY');

/**
 * Reads a private key in SEC 1 or PKCS #8.
 *
 * @throws Error if the key is encrypted or malformed
 */
export const privateKeyFromPem = ({ text }: PemBlock): KeyObject => createPrivateKey(text);

/** Encodes a private key in SEC 1, as in SGP.26. */
export const privateKeyToPem = (key: KeyObject): string =>
  key.export({ type: 'sec1', format: 'pem' }).toString();

/** Encodes a certificate in PEM. */
export function certificateToPem({ der }: { der: Buffer }): string {
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
