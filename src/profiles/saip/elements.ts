/** The profile elements (PE) that make up a package: their tags, names and common parts (SAIP 2.3 to 3.3.1). */
import { integer, nullValue, optional, sequence } from '../../wire/asn1/index.js';

/** The tag of each profile element by its name in the ASN.1 module. */
export const elementTag = {
  header: 0xa0,
  genericFileManagement: 0xa1,
  pinCodes: 0xa2,
  pukCodes: 0xa3,
  akaParameter: 0xa4,
  cdmaParameter: 0xa5,
  securityDomain: 0xa6,
  rfm: 0xa7,
  application: 0xa8,
  nonStandard: 0xa9,
  end: 0xaa,
  mf: 0xb0,
  cd: 0xb1,
  telecom: 0xb2,
  usim: 0xb3,
  'opt-usim': 0xb4,
  isim: 0xb5,
  'opt-isim': 0xb6,
  phonebook: 0xb7,
  'gsm-access': 0xb8,
  csim: 0xb9,
  'opt-csim': 0xba,
  eap: 0xbb,
  'df-5gs': 0xbc,
  'df-saip': 0xbd,
  'df-snpn': 0xbe,
  'df-5gprose': 0xbf1f,
  iot: 0xbf20,
  'opt-iot': 0xbf21,
} as const;

const names = new Map<number, string>(Object.entries(elementTag).map(([name, tag]) => [tag, name]));

/** Name of the profile element with this tag. `undefined` for an element of a later version. */
export const elementName = (tag: number): string | undefined => names.get(tag);

/** PEHeader: whether the eUICC must process the element, and the number of the element in the profile. */
export const PEHeader = sequence(
  { mandated: optional(nullValue(0x80)), identification: integer(0x81, { max: 32767 }) },
  { tag: 0xa0, extensible: true },
);

/** PE-End. */
export const PEEnd = sequence({ endHeader: PEHeader }, { tag: elementTag.end, extensible: true });
