import { withoutTrailing } from '../base/without-trailing.js';
import { swapNibbles } from '../wire/rsp/index.js';
import { ProfileDataError } from './errors.js';

/** Placeholder in an IMSI pattern for a digit from the ICCID. */
const FROM_ICCID = 'x';

/**
 * Derives the IMSI of a profile from its ICCID, so that no IMSI has to be stored. Replaces the trailing `x` of `pattern` with the last
 * digits of the ICCID before the check digit.
 *
 * `imsiFromIccid('00101xxxxxxxxxx', '8900101000000000422')` is `001010000000042`.
 */
export function imsiFromIccid(pattern: string, iccid: string): string {
  const fixed = withoutTrailing(pattern, FROM_ICCID);
  const places = pattern.length - fixed.length;
  return places === 0 ? pattern : fixed + decimal(iccid.slice(0, -1).slice(-places));
}

/** An IMSI has decimal digits only, so A to F of an ICCID become 0 to 5. */
const decimal = (digits: string): string =>
  digits.replace(/[A-F]/g, (digit) => String(Number.parseInt(digit, 16) - 10));

/**
 * Returns `imsi` if it is valid.
 *
 * @throws ProfileDataError unless it has 6 to 15 digits
 */
export function checkImsi(imsi: string): string {
  if (!/^[0-9]{6,15}$/.test(imsi)) throw new ProfileDataError('imsi', 'must be 6 to 15 digits');
  return imsi;
}

/** Size of EF.IMSI in octets. */
export const IMSI_FILE_SIZE = 9;

/** Content of EF.IMSI (TS 31.102, 4.2.2): the length, a parity nibble, then the digits with swapped nibbles. */
export function imsiToFile(imsi: string): Buffer {
  const parity = imsi.length % 2 === 1 ? '9' : '1';
  const nibbles = parity + imsi;
  const octets = swapNibbles(Buffer.from(nibbles.padEnd(2 * (IMSI_FILE_SIZE - 1), 'F'), 'hex'));
  return Buffer.concat([Buffer.of(Math.ceil(nibbles.length / 2)), octets]);
}

/** The digits in an EF.IMSI. `undefined` if there are none, as in a file that is not personalised yet. */
export function imsiFromFile(content: Buffer): string | undefined {
  const digits = withoutTrailing(
    swapNibbles(content.subarray(1, IMSI_FILE_SIZE)).toString('hex').slice(1),
    'f',
  );
  return /^[0-9]{6,15}$/.test(digits) ? digits : undefined;
}

/** Content of EF.ACC (TS 31.102, 4.2.15): the access class given by the last digit of the IMSI. */
export function accessClassOf(imsi: string): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(1 << Number(imsi.at(-1)));
  return octets;
}
