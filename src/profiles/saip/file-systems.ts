/** PE-MF, PE-USIM and PE-OPT-USIM: files created from templates. */
import { objectIdentifier, optional, sequence } from '../../wire/asn1/index.js';
import { elementTag, PEHeader } from './elements.js';
import { File } from './file.js';

/** Object identifiers of the file system templates. */
export const template = {
  mf: '2.23.143.1.2.1',
  usim: '2.23.143.1.2.4',
  optUsim: '2.23.143.1.2.5',
  df5gs: '2.23.143.1.2.13',
} as const;

/** PE-MF: the master file and its elementary files. */
export const PEMf = sequence(
  {
    'mf-header': PEHeader,
    templateID: objectIdentifier(0x81),
    mf: File(0xa2),
    'ef-pl': optional(File(0xa3)),
    'ef-iccid': optional(File(0xa4)),
    'ef-dir': optional(File(0xa5)),
    'ef-arr': optional(File(0xa6)),
    'ef-umpc': optional(File(0xa7)),
  },
  { tag: elementTag.mf, extensible: true },
);

/** PE-USIM: ADF.USIM with the mandatory and the common files. */
export const PEUsim = sequence(
  {
    'usim-header': PEHeader,
    templateID: objectIdentifier(0x81),
    'adf-usim': File(0xa2),
    'ef-imsi': File(0xa3),
    'ef-arr': File(0xa4),
    'ef-keys': optional(File(0xa5)),
    'ef-keysPS': optional(File(0xa6)),
    'ef-hpplmn': optional(File(0xa7)),
    'ef-ust': File(0xa8),
    'ef-fdn': optional(File(0xa9)),
    'ef-sms': optional(File(0xaa)),
    'ef-smsp': optional(File(0xab)),
    'ef-smss': optional(File(0xac)),
    'ef-spn': File(0xad),
    'ef-est': File(0xae),
    'ef-start-hfn': optional(File(0xaf)),
    'ef-threshold': optional(File(0xb0)),
    'ef-psloci': optional(File(0xb1)),
    'ef-acc': File(0xb2),
    'ef-fplmn': optional(File(0xb3)),
    'ef-loci': optional(File(0xb4)),
    'ef-ad': optional(File(0xb5)),
    'ef-ecc': File(0xb6),
    'ef-netpar': optional(File(0xb7)),
    'ef-epsloci': optional(File(0xb8)),
    'ef-epsnsc': optional(File(0xb9)),
  },
  { tag: elementTag.usim, extensible: true },
);

/** PE-OPT-USIM, limited to the members that the generator uses. */
export const PEOptUsim = sequence(
  {
    'optusim-header': PEHeader,
    templateID: objectIdentifier(0x81),
    'ef-gid1': optional(File(0xa5)),
    'ef-gid2': optional(File(0xa6)),
    'ef-msisdn': optional(File(0xa7)),
    'ef-plmnwact': optional(File(0xaf)),
    'ef-oplmnwact': optional(File(0xb0)),
    'ef-hplmnwact': optional(File(0xb1)),
  },
  { tag: elementTag['opt-usim'], extensible: true },
);

/** PE-DF-5GS, limited to the members that the generator uses. */
export const PEDf5gs = sequence(
  {
    'df-5gs-header': PEHeader,
    templateID: objectIdentifier(0x81),
    'df-df-5gs': File(0xa2),
    'ef-5gs3gpploci': optional(File(0xa3)),
    'ef-5gsn3gpploci': optional(File(0xa4)),
    'ef-5gs3gppnsc': optional(File(0xa5)),
    'ef-5gsn3gppnsc': optional(File(0xa6)),
    'ef-5gauthkeys': optional(File(0xa7)),
    'ef-suci-calc-info': optional(File(0xa9)),
    'ef-routing-indicator': optional(File(0xac)),
  },
  { tag: elementTag['df-5gs'], extensible: true },
);
