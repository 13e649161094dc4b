import { iccidWithCheckDigit, isHexIccid, swapNibbles, iccidToOctets } from '../wire/rsp/index.js';
import { ProfileDataError } from './errors.js';

/**
 * Issuer of the ICCIDs that the server makes up: 89 (telecommunications), 001 and 01 as in the test PLMN 001/01.
 * No country has the code 001, so such an ICCID can never be that of a real card.
 */
const TEST_ISSUER = '8900101';

const ACCOUNT_DIGITS = 11;

/**
 * The ICCID number `sequence` of the server: 19 digits with a Luhn check digit, all different.
 *
 * @throws RangeError when `sequence` is no integer from 0 to 10^11 - 1
 */
export function iccidFromSequence(sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= 10 ** ACCOUNT_DIGITS) {
    throw new RangeError(
      `ICCIDs are numbered from 0 to ${10 ** ACCOUNT_DIGITS - 1}; there is no number ${sequence}`,
    );
  }
  return iccidWithCheckDigit(TEST_ISSUER + String(sequence).padStart(ACCOUNT_DIGITS, '0'));
}

/** The 10 octets of an ICCID in a ProfileHeader: first digit in the high nibble, nothing swapped, padded with F. */
export const iccidInHeader = (iccid: string): Buffer => swapNibbles(iccidToOctets(iccid));

/**
 * Returns `iccid`, which may have hex digits, as some issuers have.
 *
 * @throws ProfileDataError unless it has 18 to 20 digits
 */
export function checkIccid(iccid: string): string {
  if (!isHexIccid(iccid)) throw new ProfileDataError('iccid', 'must be 18 to 20 digits');
  return iccid;
}
