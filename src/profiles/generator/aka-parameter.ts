import { encode, type Infer } from '../../wire/asn1/index.js';
import { algorithmID, PEAkaParameter, type PEHeader } from '../saip/index.js';
import type { CompleteParameters } from './parameters.js';

/** The options octet of each algorithm, as in public test profiles. The specification does not define its meaning. */
const options = { milenage: 0x01, test: 0x02 } as const;

/** PE-AKAParameter: the key of the USIM. Sequence numbers start at zero, the default. */
export const akaParameter = (
  header: Infer<typeof PEHeader>,
  { algorithm, k, opc }: CompleteParameters,
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
  });
