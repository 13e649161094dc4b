/**
 * EID, ICCID and TransactionId in their text and octet forms (SGP.22 4.3, SGP.29, ITU-T E.118).
 */

/** Whether `text` has the form of an EID: 32 decimal digits. For the check digits, see {@link eidCheckDigitsHold}. */
export const isEid = (text: string): boolean => /^[0-9]{32}$/.test(text);

/** Whether the last two digits of an EID are its check digits (SGP.29: ISO/IEC 7064 MOD 97-10). */
export const eidCheckDigitsHold = (eid: string): boolean => isEid(eid) && mod97(eid) === 1;

/** Appends the check digits to the first 30 digits of an EID. */
export function eidWithCheckDigits(digits30: string): string {
  const check = 98 - mod97(`${digits30}00`);
  return digits30 + String(check).padStart(2, '0');
}

/** Computed digit by digit, because 32 digits exceed a number. */
function mod97(digits: string): number {
  let rest = 0;
  for (let at = 0; at < digits.length; at++) rest = (rest * 10 + digits.charCodeAt(at) - 0x30) % 97;
  return rest;
}

/** The 16 octets of an EID: first digit in the high nibble, no nibble swap. */
export const eidToOctets = (eid: string): Buffer => Buffer.from(eid, 'hex');

/** Whether `text` has the form of an ICCID: 18 to 20 decimal digits. */
export const isIccid = (text: string): boolean => /^[0-9]{18,20}$/.test(text);

/** Whether `text` is an ICCID as used in practice: 18 to 20 hex digits. Some issuers use A to E besides decimal digits. */
export const isHexIccid = (text: string): boolean => /^[0-9A-F]{17,19}[0-9A-E]$/.test(text);

/** Whether `text` fits into tag 5A. A package that is delivered unchanged may have any ICCID. */
export const fitsTag5A = (text: string): boolean => /^[0-9A-F]{0,19}[0-9A-E]$/.test(text);

/** The stored form of an ICCID: upper case, without the F that some write in place of the 19th and 20th digit. */
export const canonicalIccid = (text: string): string => text.toUpperCase().replace(/F{1,2}$/, '');

/** Whether the last digit of an ICCID is its Luhn check digit. */
export const iccidCheckDigitHolds = (iccid: string): boolean =>
  isIccid(iccid) && luhnDigit(iccid.slice(0, -1)) === Number(iccid.at(-1));

/** How to treat an ICCID with a wrong check digit or hex digits: accept it, warn, or refuse it. */
export const luhnChecks = ['off', 'warn', 'strict'] as const;
export type LuhnCheck = (typeof luhnChecks)[number];

/** What is unusual about an ICCID of 18 to 20 hex digits, with a hint. `undefined` if nothing is. */
export function iccidProblem(iccid: string): { message: string; hint: string } | undefined {
  if (!isIccid(iccid))
    return { message: 'has hex digits, but ITU-T E.118 allows only decimal ones', hint: 'correct it' };
  if (iccidCheckDigitHolds(iccid)) return undefined;
  const message = 'its last digit is not the check digit of the others (Luhn)';
  if (iccid.length === 20 && iccidCheckDigitHolds(iccid.slice(0, -1)))
    return { message, hint: 'its last digit may be one too many: the check digit is the one before' };
  if (iccid.length === 18)
    return { message, hint: `its check digit may be missing: the next digit would be ${luhnDigit(iccid)}` };
  return {
    message,
    hint: `compare it with its source: with these digits before it, it would be ${luhnDigit(iccid.slice(0, -1))}`,
  };
}

/** Appends the check digit to an ICCID. */
export const iccidWithCheckDigit = (digits: string): string => `${digits}${luhnDigit(digits)}`;

/** The Luhn check digit that follows the given digits (ISO/IEC 7812-1). */
export function luhnDigit(digits: string): number {
  let sum = 0;
  for (let place = 1; place <= digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - place) - 0x30;
    const value = place % 2 === 1 ? 2 * digit : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

/** An ICCID as in EF.ICCID and in tag 5A: 10 octets, nibbles swapped, padded with F. */
export function iccidToOctets(iccid: string): Buffer {
  return swapNibbles(Buffer.from(iccid.padEnd(20, 'F'), 'hex'));
}

/** The digits of an ICCID from its nibble-swapped octets. */
export const iccidFromOctets = (octets: Buffer): string =>
  swapNibbles(octets)
    .toString('hex')
    .toUpperCase()
    .replace(/(?<!F)F+$/, '');

/** Swaps the nibbles of every octet. */
export const swapNibbles = (octets: Buffer): Buffer =>
  Buffer.from(octets.map((octet) => (octet >> 4) | ((octet & 0x0f) << 4)));

/** A TransactionId as in JSON: upper-case hex. */
export const transactionIdToText = (octets: Buffer): string => octets.toString('hex').toUpperCase();

/** The octets of a TransactionId in JSON, in upper or lower case. `undefined` if it is invalid. */
export const transactionIdFromText = (text: string): Buffer | undefined =>
  /^(?:[0-9A-Fa-f]{2}){1,16}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
