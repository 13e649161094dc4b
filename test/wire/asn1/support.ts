import { Asn1Error } from '../../../src/wire/asn1/index.js';

/** Octets from hex, blanks allowed. */
export const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** The Asn1Error that `body` raises; anything else, or nothing, fails the test. */
export function asn1ErrorOf(body: () => unknown): Asn1Error {
  try {
    body();
  } catch (error) {
    if (error instanceof Asn1Error) return error;
    throw error;
  }
  throw new Error('nothing was raised');
}

/** What the Asn1Error that `body` raises complains of, without field and place. */
export const problemOf = (body: () => unknown): string => asn1ErrorOf(body).problem;
