import { encode, type Infer } from '../../wire/asn1/index.js';
import { iccidInHeader } from '../iccid.js';
import { PEEnd, ProfileHeader, template, type PEHeader } from '../saip/index.js';
import { akaParameter } from './aka-parameter.js';
import { df5gs, hasDf5gs } from './df-5gs.js';
import { globalPinCodes, localPinCodes, pukCodes } from './codes.js';
import { masterFile } from './mf.js';
import { hasOptionalFiles, optUsim } from './opt-usim.js';
import type { CompleteParameters } from './parameters.js';
import { securityDomain } from './security-domain.js';
import { usim } from './usim.js';

/** The version of the interoperable format that the generator writes. */
const VERSION = { 'major-version': 2, 'minor-version': 3 };

/** The eUICC service that the algorithm needs. */
function serviceOf({ algorithm, k }: CompleteParameters) {
  if (algorithm === 'test') return 'usim-test-algorithm';
  if (algorithm === 'milenage') return 'milenage';
  return k.length === 64 ? 'tuak256' : 'tuak128';
}

/** ProfileHeader. It requires from the eUICC only what the profile uses. */
const profileHeader = (parameters: CompleteParameters, iccid: string): Buffer =>
  encode(ProfileHeader, {
    ...VERSION,
    profileType: parameters.profileName,
    iccid: iccidInHeader(iccid),
    'eUICC-Mandatory-services': {
      usim: null,
      [serviceOf(parameters)]: null,
    },
    'eUICC-Mandatory-GFSTEList': [
      template.mf,
      template.usim,
      ...(hasOptionalFiles(parameters) ? [template.optUsim] : []),
      ...(hasDf5gs(parameters) ? [template.df5gs] : []),
    ],
  });

/**
 * Generates a complete profile package (SAIP 2.3) with one USIM.
 *
 * The format prescribes the order of elements: each element may refer only to earlier ones. So the local PIN follows its ADF, and
 * the authentication keys follow their USIM.
 */
export function generateProfile(parameters: CompleteParameters, iccid: string, imsi: string): Buffer {
  let identification = 0;
  const next = (): Infer<typeof PEHeader> => ({ mandated: null, identification: ++identification });
  return Buffer.concat([
    profileHeader(parameters, iccid),
    masterFile(next(), iccid),
    pukCodes(next(), parameters),
    globalPinCodes(next(), parameters),
    usim(next(), parameters, imsi),
    ...(hasOptionalFiles(parameters) ? [optUsim(next(), parameters)] : []),
    ...(hasDf5gs(parameters) ? [df5gs(next(), parameters)] : []),
    localPinCodes(next(), parameters),
    akaParameter(next(), parameters),
    securityDomain(next(), parameters.otaKey),
    encode(PEEnd, { endHeader: next() }),
  ]);
}
