import { encode, type Infer } from '../../wire/asn1/index.js';
import { keyReference, PEPinCodes, PEPukCodes, type PEHeader } from '../saip/index.js';
import type { CompleteParameters } from './parameters.js';

type Header = Infer<typeof PEHeader>;

/** Attributes of a PIN: bit 1 enabled, bit 2 changeable, bit 3 can be disabled. Omitted if all three are set. */
const DISABLED = 0x06;
const ALWAYS_ENABLED = 0x03;

/** Maximum of ten attempts, with ten left. */
const TEN_ATTEMPTS = 0xaa;

const value = (digits: string): Buffer =>
  Buffer.concat([Buffer.from(digits, 'ascii'), Buffer.alloc(8, 0xff)], 8);

/** PE-PUKCodes for PIN1 and PIN2. */
export const pukCodes = (header: Header, { puk1, puk2 }: CompleteParameters): Buffer =>
  encode(PEPukCodes, {
    'puk-Header': header,
    pukCodes: [
      { keyReference: keyReference.pin1, pukValue: value(puk1) },
      { keyReference: keyReference.pin2, pukValue: value(puk2) },
    ],
  });

/** PE-PINCodes of the MF: PIN1 and ADM1, which apply to the whole profile. */
export const globalPinCodes = (header: Header, { pin1, pin1Enabled, adm1 }: CompleteParameters): Buffer =>
  encode(PEPinCodes, {
    'pin-Header': header,
    pinCodes: {
      pinconfig: [
        {
          keyReference: keyReference.pin1,
          pinValue: value(pin1),
          unblockingPINReference: keyReference.pin1,
          pinAttributes: pin1Enabled ? undefined : DISABLED,
        },
        {
          keyReference: keyReference.adm1,
          pinValue: value(adm1),
          pinAttributes: ALWAYS_ENABLED,
          'maxNumOfAttemps-retryNumLeft': TEN_ATTEMPTS,
        },
      ],
    },
  });

/** PE-PINCodes of ADF.USIM: PIN2, which is local to the ADF. */
export const localPinCodes = (header: Header, { pin2 }: CompleteParameters): Buffer =>
  encode(PEPinCodes, {
    'pin-Header': header,
    pinCodes: {
      pinconfig: [
        {
          keyReference: keyReference.pin2,
          pinValue: value(pin2),
          unblockingPINReference: keyReference.pin2,
          pinAttributes: ALWAYS_ENABLED,
        },
      ],
    },
  });
