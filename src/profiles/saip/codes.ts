/** PE-PUKCodes and PE-PINCodes. */
import { choice, integer, octetString, optional, sequence, sequenceOf } from '../../wire/asn1/index.js';
import { elementTag, PEHeader } from './elements.js';

/** Key references of codes (ETSI TS 102 221, 9.5.1). A PUK has the number of the PIN that it unblocks. */
export const keyReference = { pin1: 0x01, adm1: 0x0a, pin2: 0x81 } as const;

const PUKConfiguration = sequence({
  keyReference: integer(0x80, { max: 255 }),
  pukValue: octetString(0x81, { length: 8 }),
  'maxNumOfAttemps-retryNumLeft': optional(integer(0x82, { max: 255 })),
});

/** PE-PUKCodes: the codes that unblock PINs. */
export const PEPukCodes = sequence(
  { 'puk-Header': PEHeader, pukCodes: sequenceOf(PUKConfiguration, { tag: 0xa1 }) },
  { tag: elementTag.pukCodes, extensible: true },
);

const PINConfiguration = sequence({
  keyReference: integer(0x80, { max: 255 }),
  pinValue: octetString(0x81, { length: 8 }),
  unblockingPINReference: optional(integer(0x82, { max: 255 })),
  pinAttributes: optional(integer(0x83, { max: 255 })),
  'maxNumOfAttemps-retryNumLeft': optional(integer(0x84, { max: 255 })),
});

/** PE-PINCodes: the PINs of the directory created last, or the path of another directory whose PINs it shares. */
export const PEPinCodes = sequence(
  {
    'pin-Header': PEHeader,
    pinCodes: choice(
      { pinconfig: sequenceOf(PINConfiguration, { tag: 0xa0 }), filePath: octetString(0x81) },
      { tag: 0xa1 },
    ),
  },
  { tag: elementTag.pinCodes, extensible: true },
);
