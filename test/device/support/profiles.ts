import { bits, encode } from '../../../src/wire/asn1/index.js';
import { iccidToOctets, StoreMetadataRequest } from '../../../src/wire/rsp/index.js';
import { hex } from './vectors.js';

/** ICCID of {@link minimalProfile}. */
export const minimalIccid = '8900100000000000002';

/** A profile package of header, MF with EF.ICCID, and end. */
export function minimalProfile({ headerIccid = minimalIccid, fileIccid = minimalIccid } = {}): Buffer {
  return Buffer.concat([
    hex(
      'a04a80010281010382164d6f636b205553494d20746573742070726f66696c65830a' +
        headerIccid.padEnd(20, 'f') +
        'a50481008400a618060667810f010201060667810f010204060667810f010205',
    ),
    hex(
      'b03da0058000810101810667810f010201a20ba1098b032f0601c602010aa413a1058b032f0601830a' +
        iccidToOctets(fileIccid).toString('hex') +
        'a50aa1088b032f06018001' +
        '26',
    ),
    hex('aa07a0058000810109'),
  ]);
}

/** Addresses for all four events. */
export const everyEvent = bits(0, 1, 2, 3);

/** Metadata for the minimal profile. */
export const metadataFor = (changes: Partial<StoreMetadataRequest> = {}): Buffer =>
  encode(StoreMetadataRequest, {
    iccid: iccidToOctets(minimalIccid),
    serviceProviderName: 'Mock MNO',
    profileName: 'Mock Test',
    ...changes,
  });
