import { encode, tlv, type Infer } from '../../wire/asn1/index.js';
import { iccidToOctets } from '../../wire/rsp/index.js';
import { keyReference, PEMf, template, type PEHeader } from '../saip/index.js';
import { accessRules, file, linearFile, mfRule } from './files.js';

/** Application identifier of the USIM (3GPP), with a zone for the issuer's own use. */
export const USIM_AID = Buffer.from('a0000000871002ff49ff0589', 'hex');

/** Length of an EF.DIR record in octets, with space for a longer label. */
const DIR_RECORD_LENGTH = 38;

/** The EF.DIR record of the USIM: its AID and label (ETSI TS 102 221, 13.1). */
const usimEntry = tlv(0x61, tlv(0x4f, USIM_AID), tlv(0x50, Buffer.from('USIM')));

/** PE-MF: EF.ICCID, EF.DIR with the USIM, EF.ARR. */
export const masterFile = (header: Infer<typeof PEHeader>, iccid: string): Buffer =>
  encode(PEMf, {
    'mf-header': header,
    templateID: template.mf,
    mf: file(mfRule('readAlways'), undefined, {
      pinStatusTemplateDO: Buffer.of(keyReference.pin1, keyReference.adm1),
    }),
    'ef-iccid': file(mfRule('readAlways'), iccidToOctets(iccid)),
    'ef-dir': linearFile(mfRule('readAlways'), DIR_RECORD_LENGTH, 1, usimEntry),
    'ef-arr': accessRules(mfRule('readAlways')),
  });
