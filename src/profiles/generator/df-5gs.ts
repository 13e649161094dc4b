import { encode, tlv, type Infer } from '../../wire/asn1/index.js';
import { swapNibbles } from '../../wire/rsp/index.js';
import { plmnOctets } from '../plmn.js';
import { keyReference, PEDf5gs, template, type PEHeader } from '../saip/index.js';
import { file, linearFile, sizedFile, usimRule } from './files.js';
import type { SuciKey } from './networks.js';
import type { CompleteParameters } from './parameters.js';

/** Whether the profile needs DF.5GS. */
export const hasDf5gs = ({ suciKeys, routingIndicator }: CompleteParameters): boolean =>
  suciKeys !== undefined || routingIndicator !== undefined;

const unset = (octets: number): Buffer => Buffer.alloc(octets, 0xff);

/** Area code that means "none" (TS 24.501, 9.11.3.8). */
const NO_AREA = Buffer.from('fffffe', 'hex');

const NOT_UPDATED = Buffer.of(0x01);

/** Length of a record of EF.5GS3GPPNSC in octets: K_AMF, key set, counts, algorithms, and their tags. */
const SECURITY_CONTEXT_LENGTH = 62;

/** Protection schemes (TS 31.102, 4.4.11.8): the null scheme, profile A, profile B. */
const scheme = { null: 0, A: 1, B: 2 } as const;

/**
 * PE-DF-5GS: the files in which a 5G phone stores its location and keys, and the files from which the phone computes
 * the SUCI. The USIM does not compute the SUCI (service 124 without 125).
 */
export function df5gs(header: Infer<typeof PEHeader>, parameters: CompleteParameters): Buffer {
  const { mcc, mnc, suciKeys = [], routingIndicator = '0' } = parameters;
  const updatable = usimRule('updateWithPin');
  const location = Buffer.concat([unset(13), plmnOctets(mcc, mnc), NO_AREA, NOT_UPDATED]);
  const context = linearFile(updatable, SECURITY_CONTEXT_LENGTH, 1, unset(SECURITY_CONTEXT_LENGTH));
  return encode(PEDf5gs, {
    'df-5gs-header': header,
    templateID: template.df5gs,
    'df-df-5gs': file(usimRule('readAlways'), undefined, {
      pinStatusTemplateDO: Buffer.of(keyReference.pin2, keyReference.pin1, keyReference.adm1),
    }),
    'ef-5gs3gpploci': file(updatable, location),
    'ef-5gsn3gpploci': file(updatable, location),
    'ef-5gs3gppnsc': context,
    'ef-5gsn3gppnsc': context,
    'ef-5gauthkeys': sizedFile(updatable, unset(110)),
    'ef-suci-calc-info': sizedFile(usimRule('readWithPin'), suciCalculation(suciKeys)),
    'ef-routing-indicator': file(usimRule('readWithPin'), routing(routingIndicator)),
  });
}

/**
 * Content of EF.SUCI_Calc_Info (TS 31.102, 4.4.11.8): the protection schemes in order of preference (the null scheme last), each with
 * the number of its key. The keys follow.
 */
function suciCalculation(keys: readonly SuciKey[]): Buffer {
  const schemes = keys.map(({ profile }, index) => Buffer.of(scheme[profile], index + 1));
  const values = keys.map(({ id, key }) =>
    Buffer.concat([tlv(0x80, Buffer.of(id)), tlv(0x81, Buffer.from(key, 'hex'))]),
  );
  return Buffer.concat([
    tlv(0xa0, Buffer.concat([...schemes, Buffer.of(scheme.null, 0)])),
    tlv(0xa1, Buffer.concat(values)),
  ]);
}

/** Content of EF.Routing_Indicator (TS 31.102, 4.4.11.11): 1 to 4 digits, padded with F, and two octets for future use. */
const routing = (digits: string): Buffer =>
  Buffer.concat([swapNibbles(Buffer.from(digits.padEnd(4, 'F'), 'hex')), unset(2)]);
