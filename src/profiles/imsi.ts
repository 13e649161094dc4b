import { withoutTrailing } from '../base/without-trailing.js';
import { swapNibbles } from '../wire/rsp/index.js';
import { ProfileDataError } from './errors.js';

/** Stands in an IMSI pattern for a digit that comes from the ICCID. */
const FROM_ICCID = 'x';

/**
 * The IMSI of the profile with this ICCID: `pattern` with its trailing `x` filled from the end of the ICCID's account
 * number, the check digit left out. Nothing has to be stored per profile for it.
 *
 * `imsiFromIccid('00101xxxxxxxxxx', '8900101000000000422')` is `001010000000042`.
 */
export function imsiFromIccid(pattern: string, iccid: string): string {
  const fixed = withoutTrailing(pattern, FROM_ICCID);
  const places = pattern.length - fixed.length;
  return places === 0 ? pattern : fixed + decimal(iccid.slice(0, -1).slice(-places));
}

/** An IMSI has decimal digits only: A to F of an ICCID count as 0 to 5. */
const decimal = (digits: string): string =>
  digits.replace(/[A-F]/g, (digit) => String(Number.parseInt(digit, 16) - 10));

/**
 * Returns `imsi`.
 *
 * @throws ProfileDataError unless it has 6 to 15 digits
 */
export function checkImsi(imsi: string): string {
  if (!/^[0-9]{6,15}$/.test(imsi)) throw new ProfileDataError('imsi', 'must be 6 to 15 digits');
  return imsi;
}

/** Size of EF.IMSI in octets. */
export const IMSI_FILE_SIZE = 9;

/** Content of EF.IMSI (TS 31.102, 4.2.2): length, then the digits swapped behind a nibble that tells their parity. */
export function imsiToFile(imsi: string): Buffer {
  const parity = imsi.length % 2 === 1 ? '9' : '1';
  const nibbles = parity + imsi;
  const octets = swapNibbles(Buffer.from(nibbles.padEnd(2 * (IMSI_FILE_SIZE - 1), 'F'), 'hex'));
  return Buffer.concat([Buffer.of(Math.ceil(nibbles.length / 2)), octets]);
}

/** The digits in an EF.IMSI; `undefined` when there are none, as in a file still to be personalised. */
export function imsiFromFile(content: Buffer): string | undefined {
  const digits = withoutTrailing(
    swapNibbles(content.subarray(1, IMSI_FILE_SIZE)).toString('hex').slice(1),
    'f',
  );
  return /^[0-9]{6,15}$/.test(digits) ? digits : undefined;
}

/** Content of EF.ACC (TS 31.102, 4.2.15): the access class that the last digit of the IMSI stands for. */
export function accessClassOf(imsi: string): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(1 << Number(imsi.at(-1)));
  return octets;
}
