import { swapNibbles } from '../wire/rsp/index.js';

/** The 3 octets of a PLMN (TS 24.008, 10.5.1.3). The country code has 3 digits, the network code 2 or 3. */
export function plmnOctets(mcc: string, mnc: string): Buffer {
  const [mnc1, mnc2, mnc3 = 'F'] = mnc;
  return swapNibbles(Buffer.from(`${mcc}${mnc3}${mnc1}${mnc2}`, 'hex'));
}
