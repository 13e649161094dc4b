import { encode, type Infer } from '../../wire/asn1/index.js';
import { accessClassOf, imsiToFile } from '../imsi.js';
import { keyReference, PEUsim, template, type PEHeader } from '../saip/index.js';
import { accessRules, file, mfRule, sizedFile, usimRule } from './files.js';
import { USIM_AID } from './mf.js';
import type { CompleteParameters } from './parameters.js';
import { phoneFiles } from './phone-files.js';
import { serviceProviderName } from './service-provider-name.js';
import { serviceTable } from './service-table.js';

/** A temporary file identifier. Any value will do, because devices select an ADF by its AID. */
const ADF_FILE_ID = Buffer.from('7fd0', 'hex');

/** EF.ECC record (TS 31.102, 4.2.21): 112, no label, any kind of emergency. */
const emergency112 = Buffer.from('11f2ff00', 'hex');

/** EF.AD (TS 31.102, 4.2.18): normal operation, and the number of MNC digits in the IMSI. */
const administrativeData = (mnc: string): Buffer => Buffer.of(0, 0, 0, mnc.length);

/** EF.EST: fixed dialling, barred dialling and ACL are all disabled. */
const noServiceEnabled = Buffer.of(0);

/** PE-USIM: ADF.USIM with the mandatory files, and on request the files in which a phone stores its location and keys. */
export const usim = (header: Infer<typeof PEHeader>, parameters: CompleteParameters, imsi: string): Buffer =>
  encode(PEUsim, {
    'usim-header': header,
    templateID: template.usim,
    'adf-usim': file(mfRule('readAlways'), undefined, {
      fileID: ADF_FILE_ID,
      dfName: USIM_AID,
      pinStatusTemplateDO: Buffer.of(keyReference.pin2, keyReference.pin1, keyReference.adm1),
    }),
    'ef-imsi': sizedFile(usimRule('readWithPin'), imsiToFile(imsi)),
    'ef-arr': accessRules(usimRule('readAlways')),
    'ef-ust': sizedFile(usimRule('readWithPin'), serviceTable(parameters)),
    'ef-spn': file(usimRule('readAlways'), serviceProviderName(parameters.spn)),
    'ef-est': file(usimRule('readWithPin'), noServiceEnabled),
    'ef-acc': file(usimRule('readWithPin'), accessClassOf(imsi)),
    'ef-ad': file(usimRule('readAlways'), administrativeData(parameters.mnc)),
    'ef-ecc': file(usimRule('readAlways'), emergency112),
    ...(parameters.files === 'full' ? phoneFiles(parameters) : {}),
  });
