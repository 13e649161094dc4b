import type { BoundProfilePackage } from '../wire/rsp/index.js';

const macOctets = 8;

/**
 * Returns the parts of a BPP that can be compared without the private one-time key. Replaces the one-time key, its
 * signature and the encrypted data by their lengths. Returns values other than a BPP unchanged.
 */
export function shapeOf(decoded: unknown): unknown {
  if (!isPackage(decoded)) return decoded;
  const { initialiseSecureChannelRequest: channel, ...sequences } = decoded;
  return {
    initialiseSecureChannelRequest: {
      ...channel,
      smdpOtpk: lengthOf(channel.smdpOtpk),
      smdpSign: lengthOf(channel.smdpSign),
    },
    firstSequenceOf87: sequences.firstSequenceOf87.map(lengthOf),
    // The metadata are not encrypted. Only the MAC at their end depends on the key.
    sequenceOf88: sequences.sequenceOf88.map((segment) => segment.subarray(0, -macOctets)),
    secondSequenceOf87: sequences.secondSequenceOf87?.map(lengthOf),
    sequenceOf86: sequences.sequenceOf86.map(lengthOf),
  };
}

const isPackage = (value: unknown): value is BoundProfilePackage =>
  typeof value === 'object' && value !== null && 'initialiseSecureChannelRequest' in value;

const lengthOf = ({ length }: Buffer): string => `${length} octets`;
