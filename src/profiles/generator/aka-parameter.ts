import { encode, type Infer } from '../../wire/asn1/index.js';
import { algorithmID, PEAkaParameter, type PEHeader } from '../saip/index.js';
import type { CompleteParameters } from './parameters.js';

/** The options octet of each algorithm, as in public test profiles. The specification does not define its meaning. */
const options = { milenage: 0x01, tuak: 0x01, test: 0x02 } as const;

/** Number of sequence numbers that a USIM remembers (TS 33.102, C.2). */
const SEQUENCE_NUMBERS = 32;

/** PE-AKAParameter: the keys of the USIM. Without `sqn`, sequence numbers start at zero, the default. */
export const akaParameter = (
  header: Infer<typeof PEHeader>,
  { algorithm, k, opc, sqn }: CompleteParameters,
): Buffer =>
  encode(PEAkaParameter, {
    'aka-header': header,
    algoConfiguration: {
      algoParameter: {
        algorithmID: algorithmID[algorithm],
        algorithmOptions: Buffer.of(options[algorithm]),
        key: Buffer.from(k, 'hex'),
        // The test algorithm has no OPc, but every public test profile contains an OPc of zeros.
        opc: algorithm === 'test' ? Buffer.alloc(16) : Buffer.from(opc, 'hex'),
      },
    },
    sqnInit:
      sqn === undefined
        ? undefined
        : Array.from({ length: SEQUENCE_NUMBERS }, () => withoutIndex(Buffer.from(sqn, 'hex'))),
  });

/** The part of a sequence number that sqnInit contains: SEQ, without the five bits of the index (TS 33.102, C.1.1.1). */
function withoutIndex(sqn: Buffer): Buffer {
  const seq = Buffer.alloc(6);
  seq.writeUIntBE(Math.floor(sqn.readUIntBE(0, 6) / SEQUENCE_NUMBERS), 0, 6);
  return seq;
}
