import Type, { type Static } from 'typebox';
import {
  CancelSessionReason,
  ErrorReason,
  PprId,
  RspCapability,
  UiccCapability,
} from '../../wire/rsp/index.js';
import { bitsOf, flag, oneOf, text, texts, whole } from './fields.js';

const version = (title: string) =>
  text(
    title,
    'three numbers from 0 to 255, for example 2.5.0',
    '^(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(?:\\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){2}$',
  );

const ciList = (title: string) =>
  texts(
    title,
    'P-256, brainpoolP256r1 or CI key identifiers (40 hex digits)',
    '^(?:P-256|brainpoolP256r1|[0-9A-Fa-f]{40})$',
    64,
  );

const octets = (title: string, tag: string) =>
  text(
    title,
    `an even number of hex digits, at most 65,536; a well-formed value begins with ${tag}`,
    '^(?:[0-9A-Fa-f]{2}){1,32768}$',
  );

/** ErrorReasons (SGP.22 2.5.6) with which an installation can fail on purpose. */
export const installErrors = Object.keys(ErrorReason) as readonly (keyof typeof ErrorReason)[];

/** Reasons for which the user of a device can refuse a profile (SGP.22 5.7.14). */
const refusals = Object.keys(CancelSessionReason) as readonly (keyof typeof CancelSessionReason)[];

/**
 * Properties of a virtual eUICC and its device, as JSON. All properties are optional. If a trait is absent, the eUICC
 * has the value from `defaultTraits`. If a failure is absent, that failure does not happen.
 */
export const CardProperties = Type.Object(
  {
    eid: text('EID', '32 digits', '^[0-9]{32}$'),
    svn: version('SGP.22 version that the eUICC states'),
    profileVersion: version('Version of the profile package specification (SAIP)'),
    firmwareVersion: version('Version of the firmware'),
    ppVersion: version('Version of the protection profile'),
    sasAccreditationNumber: text(
      'SAS accreditation number',
      'up to 64 characters',
      '^[^\\u0000-\\u001f]{0,64}$',
    ),
    nonVolatileMemory: whole('Memory for profiles in an empty eUICC, in octets', 0, 4_294_967_295),
    volatileMemory: whole('Volatile memory, in octets', 0, 4_294_967_295),
    uiccCapability: bitsOf('UICCCapability', Object.keys(UiccCapability), 255),
    rspCapability: bitsOf('RspCapability', Object.keys(RspCapability), 255),
    forbiddenPolicyRules: texts(
      'Policy rules that the eUICC forbids to every operator',
      Object.keys(PprId).join(', '),
      `^(?:${Object.keys(PprId).join('|')})$`,
      3,
    ),
    curve: oneOf('Curve of the eUICC: it has only certificates and CIs of this curve', [
      'P-256',
      'brainpoolP256r1',
    ]),
    verificationCis: ciList('euiccCiPKIdListForVerification, most preferred first'),
    signingCis: ciList('euiccCiPKIdListForSigning, most preferred first'),
    euiccInfo1: octets('EUICCInfo1 to send in place of the real EUICCInfo1', 'BF20'),
    euiccInfo2: octets('EUICCInfo2 to send in place of the real EUICCInfo2', 'BF22'),
    firstSeqNumber: whole("Sequence number of a new eUICC's first notification", 0, 2_147_483_647),

    segmentOctets: whole(
      'Longest segment of a bound profile package that the eUICC accepts, in octets',
      1,
      65_535,
    ),
    ignoreCertificateDates: flag(
      'The eUICC accepts server certificates that have expired or are not valid yet',
    ),
    lenient: flag('The LPA tolerates deviations from SGP.22 that most LPAs tolerate'),

    failAtElement: whole('The installation fails at this profile element; 1 is the header', 1, 100_000),
    failReason: oneOf('ErrorReason of the failure at `failAtElement`', installErrors),
    failStatus: whole('PEStatus (SAIP) of the failure at `failAtElement`', 0, 127),
    memoryFull: flag(
      'The installation fails because of too little memory, even if EUICCInfo2 states enough memory',
    ),
    powerLossAtUnit: whole(
      'The power fails when this unit of the bound profile package arrives; 1 is the first',
      1,
      100_000,
    ),
    userRefuses: oneOf('The user refuses each profile with this reason', refusals),
    failTimes: whole(
      'How often the failures above (installation, memory, power, user) happen before the device works',
      1,
      100_000,
    ),
    wrongConfirmationCodes: whole(
      'How many wrong confirmation codes the user types before the right one',
      0,
      100_000,
    ),
    holdNotifications: flag('The LPA does not send the notifications after a download, but keeps them'),
  },
  { additionalProperties: false, title: 'CardProperties' },
);
export type CardProperties = {
  readonly [P in keyof Static<typeof CardProperties>]: Static<typeof CardProperties>[P] | undefined;
};

/** Name of a card property. */
export type CardProperty = keyof CardProperties;
