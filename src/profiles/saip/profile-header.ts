import {
  any,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  utf8String,
} from '../../wire/asn1/index.js';
import { elementTag } from './elements.js';

/** ServicesList: the services that the profile needs. An eUICC that does not support all of them refuses the profile. */
const ServicesList = sequence(
  {
    contactless: optional(nullValue(0x80)),
    usim: optional(nullValue(0x81)),
    isim: optional(nullValue(0x82)),
    csim: optional(nullValue(0x83)),
    milenage: optional(nullValue(0x84)),
    tuak128: optional(nullValue(0x85)),
    cave: optional(nullValue(0x86)),
    'gba-usim': optional(nullValue(0x87)),
    'gba-isim': optional(nullValue(0x88)),
    mbms: optional(nullValue(0x89)),
    eap: optional(nullValue(0x8a)),
    javacard: optional(nullValue(0x8b)),
    multos: optional(nullValue(0x8c)),
    'multiple-usim': optional(nullValue(0x8d)),
    'multiple-isim': optional(nullValue(0x8e)),
    'multiple-csim': optional(nullValue(0x8f)),
    tuak256: optional(nullValue(0x90)),
    'usim-test-algorithm': optional(nullValue(0x91)),
    'ber-tlv': optional(nullValue(0x92)),
    dfLink: optional(nullValue(0x93)),
    'cat-tp': optional(nullValue(0x94)),
    'get-identity': optional(nullValue(0x95)),
    'profile-a-x25519': optional(nullValue(0x96)),
    'profile-b-p256': optional(nullValue(0x97)),
    suciCalculatorApi: optional(nullValue(0x98)),
  },
  { tag: 0xa5, extensible: true },
);

/** ProfileHeader, the first element of every package. The digits of its ICCID are in reading order. */
export const ProfileHeader = sequence(
  {
    'major-version': integer(0x80, { max: 255 }),
    'minor-version': integer(0x81, { max: 255 }),
    profileType: optional(utf8String(0x82, { min: 1, max: 100 })),
    iccid: octetString(0x83, { length: 10 }),
    pol: optional(octetString(0x84)),
    'eUICC-Mandatory-services': ServicesList,
    'eUICC-Mandatory-GFSTEList': sequenceOf(objectIdentifier(), { tag: 0xa6 }),
    connectivityParameters: optional(octetString(0x87)),
    'eUICC-Mandatory-AIDs': optional(any(0xa8)),
  },
  { tag: elementTag.header, extensible: true },
);
