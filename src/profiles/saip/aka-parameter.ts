import { any, choice, integer, octetString, optional, sequence, sequenceOf } from '../../wire/asn1/index.js';
import { elementTag, PEHeader } from './elements.js';

/** Authentication algorithms by their number in AlgoParameter. */
export const algorithmID = { milenage: 1, tuak: 2, test: 3 } as const;

/** PE-AKAParameter: algorithm and keys of the preceding NAA. Absent members have their defaults. */
export const PEAkaParameter = sequence(
  {
    'aka-header': PEHeader,
    algoConfiguration: choice(
      {
        mappingParameter: any(0xa0),
        algoParameter: sequence(
          {
            algorithmID: integer(0x80, { max: 255 }),
            algorithmOptions: octetString(0x81, { length: 1 }),
            key: octetString(0x82, { min: 16, max: 32 }),
            opc: optional(octetString(0x83, { min: 16, max: 32 })),
          },
          { tag: 0xa1, extensible: true },
        ),
      },
      { tag: 0xa1 },
    ),
    sqnOptions: optional(octetString(0x82, { length: 1 })),
    sqnDelta: optional(octetString(0x83, { length: 6 })),
    sqnAgeLimit: optional(octetString(0x84, { length: 6 })),
    sqnInit: optional(sequenceOf(octetString(0x04, { length: 6 }), { tag: 0xa5 })),
  },
  { tag: elementTag.akaParameter, extensible: true },
);
