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

/** The remainder modulo 97. It is computed digit by digit, because a number cannot hold 32 digits exactly. */
function mod97(digits: string): number {
  let rest = 0;
  for (let at = 0; at < digits.length; at++) rest = (rest * 10 + digits.charCodeAt(at) - 0x30) % 97;
  return rest;
}

/** The 16 octets of an EID: first digit in the high nibble, no nibble swap. */
export const eidToOctets = (eid: string): Buffer => Buffer.from(eid, 'hex');

/** Whether `text` has the form of an ICCID: 18 to 20 decimal digits. */
export const isIccid = (text: string): boolean => /^[0-9]{18,20}$/.test(text);

/** Whether `text` is an ICCID as issuers use them: 18 to 20 hex digits. Some issuers use A to E in addition to decimal digits. */
export const isHexIccid = (text: string): boolean => /^[0-9A-F]{17,19}[0-9A-E]$/.test(text);

/** Whether `text` fits into tag 5A. A package that is delivered unchanged may have any ICCID. */
export const fitsTag5A = (text: string): boolean => /^[0-9A-F]{0,19}[0-9A-E]$/.test(text);

/** The stored form of an ICCID: in upper case, without padding. Some people write one or two F in place of missing digits. */
export const canonicalIccid = (text: string): string => text.toUpperCase().replace(/F{1,2}$/, '');

/** Whether the last digit of an ICCID is its Luhn check digit. */
export const iccidCheckDigitHolds = (iccid: string): boolean =>
  isIccid(iccid) && luhnDigit(iccid.slice(0, -1)) === Number(iccid.at(-1));

/** What to do about an ICCID with a wrong check digit or with hex digits: accept it, warn about it, or refuse it. */
export const luhnChecks = ['off', 'warn', 'strict'] as const;
export type LuhnCheck = (typeof luhnChecks)[number];

/**
 * What is unusual about an ICCID of 18 to 20 hex digits, with a hint. `message` is the end of a sentence whose subject is the ICCID.
 * `undefined` if nothing is unusual.
 */
export function iccidProblem(iccid: string): { message: string; hint: string } | undefined {
  if (!isIccid(iccid))
    return { message: 'has hex digits, but ITU-T E.118 allows only decimal digits', hint: 'correct it' };
  if (iccidCheckDigitHolds(iccid)) return undefined;
  const message = 'has a last digit that is not the Luhn check digit of the other digits';
  if (iccid.length === 20 && iccidCheckDigitHolds(iccid.slice(0, -1)))
    return {
      message,
      hint: 'the last digit may be one too many: the digit before it is the check digit of the others',
    };
  if (iccid.length === 18)
    return { message, hint: `the check digit may be missing: it would be ${luhnDigit(iccid)}` };
  return {
    message,
    hint: `compare the ICCID with its source: the other digits have the check digit ${luhnDigit(iccid.slice(0, -1))}`,
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

/** Encodes an ICCID as in EF.ICCID and in tag 5A: 10 octets, padded with F, with swapped nibbles. */
export function iccidToOctets(iccid: string): Buffer {
  return swapNibbles(Buffer.from(iccid.padEnd(20, 'F'), 'hex'));
}

/** Decodes an ICCID from octets with swapped nibbles. */
export const iccidFromOctets = (octets: Buffer): string =>
  swapNibbles(octets)
    .toString('hex')
    .toUpperCase()
    .replace(/(?<!F)F+$/, '');

/**
 * Encodes an IMEI as in DeviceInfo (SGP.22 4.2): 8 octets with swapped nibbles. Only the last octet is not swapped: it has the 15th digit,
 * then F. An IMEI with 16 digits (IMEISV) fills all octets, with swapped nibbles.
 */
export function imeiToOctets(imei: string): Buffer {
  return swapNibbles(Buffer.from(imei.length === 15 ? `${imei.slice(0, 14)}F${imei.at(-1)}` : imei, 'hex'));
}

/**
 * Decodes an IMEI of DeviceInfo. Also accepts the form of many LPAs, such as lpac and euicc-go, which swap the nibbles of the last octet
 * too.
 */
export const imeiFromOctets = (octets: Buffer): string =>
  swapNibbles(octets)
    .toString('hex')
    .toUpperCase()
    .replace(/F(?=[^F]$)|FF?$/, '');

/** Swaps the nibbles of every octet. */
export const swapNibbles = (octets: Buffer): Buffer =>
  Buffer.from(octets.map((octet) => (octet >> 4) | ((octet & 0x0f) << 4)));

/** A TransactionId as SGP.22 writes it in JSON: upper-case hex. */
export const transactionIdToText = (octets: Buffer): string => octets.toString('hex').toUpperCase();

/** The octets of a TransactionId in JSON, in upper or lower case. `undefined` if it is invalid. */
export const transactionIdFromText = (text: string): Buffer | undefined =>
  /^(?:[0-9A-Fa-f]{2}){1,16}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
