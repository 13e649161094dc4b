/**
 * The card's answer to reset (ETSI TS 102 221 6.3): T=0, and eUICC functions (bits 8 and 2 of the first TB after T=15). The
 * historical octets announce selection by AID, channel numbers assigned by the card, and at least 8 logical channels.
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
