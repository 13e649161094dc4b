import { iccidWithCheckDigit, isHexIccid, swapNibbles, iccidToOctets } from '../wire/rsp/index.js';
import { ProfileDataError } from './errors.js';

/**
 * Issuer of the ICCIDs that the server generates: 89 (telecommunications), then 001 and 01 as in the test PLMN 001/01. No country has
 * the code 001, so such an ICCID cannot belong to a real card.
 */
const TEST_ISSUER = '8900101';

const ACCOUNT_DIGITS = 11;

/**
 * The server's ICCID for a sequence number: 19 digits with a Luhn check digit, unique per number.
 *
 * @throws RangeError unless `sequence` is an integer from 0 to 10^11 - 1
 */
export function iccidFromSequence(sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= 10 ** ACCOUNT_DIGITS) {
    throw new RangeError(
      `The sequence number of an ICCID must be from 0 to ${10 ** ACCOUNT_DIGITS - 1}, not ${sequence}`,
    );
  }
  return iccidWithCheckDigit(TEST_ISSUER + String(sequence).padStart(ACCOUNT_DIGITS, '0'));
}

/** The 10 octets of an ICCID in a ProfileHeader: digits in reading order (no nibble swap), padded with F. */
export const iccidInHeader = (iccid: string): Buffer => swapNibbles(iccidToOctets(iccid));

/**
 * Returns `iccid` if it is valid. Hex digits are allowed, because some issuers use them.
 *
 * @throws ProfileDataError unless it has 18 to 20 digits
 */
export function checkIccid(iccid: string): string {
  if (!isHexIccid(iccid)) throw new ProfileDataError('iccid', 'must be 18 to 20 digits');
  return iccid;
}
