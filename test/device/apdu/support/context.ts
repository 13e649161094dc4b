import { tlv } from '../../../../src/wire/asn1/index.js';

/** CtxParams1 as lpac sends it: a MatchingID, a TAC, and no capabilities. */
export const contextWith = (matchingId: string): Buffer =>
  tlv(
    0xa0,
    tlv(0x80, Buffer.from(matchingId)),
    tlv(0xa1, tlv(0x80, Buffer.from('35290611', 'hex')), tlv(0xa1)),
  );
