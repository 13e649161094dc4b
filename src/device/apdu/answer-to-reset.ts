/**
 * The card's answer to reset (ISO 7816-3 8.2, ETSI TS 102 221 6.3). TD1 (80) offers T=0. TD2 (3F) names T=15, so TA3 (C7: clock
 * stop, classes A to C) and TB3 (82) follow. Bits 8 and 2 of TB3 announce eUICC functions: without a TB after T=15, Android takes
 * the card for a plain UICC. The historical octets announce selection by AID, channel numbers assigned by the card, and at least 8 logical channels.
 */
export const answerToReset: Buffer = withCheck(
  Buffer.concat([
    Buffer.from('3B9F96803FC782', 'hex'),
    Buffer.from('8031A073BE211767', 'hex'),
    Buffer.from('MOCK-DP', 'ascii'),
  ]),
);

/** Appends TCK: the exclusive or of all octets after the first. */
function withCheck(octets: Buffer): Buffer {
  const check = octets.subarray(1).reduce((sum, octet) => sum ^ octet, 0);
  return Buffer.concat([octets, Buffer.of(check)]);
}
