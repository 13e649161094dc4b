import Type, { type Static } from 'typebox';
import { checker } from '../check.js';
import { longestName } from '../../wire/rsp/index.js';
import { ProfileDataError } from '../errors.js';
import { opcOf } from './milenage.js';
import { spnOctets } from './service-provider-name.js';
import { checkSuciKeys, plmnForm, SuciKey } from './networks.js';

const text = (pattern: string, description: string) => Type.Optional(Type.String({ pattern, description }));

const key = (name: string) => text('^[0-9A-Fa-f]{32}$', `${name}: 32 hex digits`);
const longKey = (description: string) => text('^([0-9A-Fa-f]{32}){1,2}$', description);
const plmns = (description: string) =>
  Type.Optional(
    Type.Array(
      Type.String({ pattern: plmnForm, description: 'MCC and MNC, such as 99970, or 99970:4g+5g' }),
      { maxItems: 50, description: `${description}: a list such as 99970, 00101:4g+5g` },
    ),
  );
const pin = (name: string) => text('^[0-9]{4,8}$', `${name}: 4 to 8 digits`);
const eightDigits = (name: string) => text('^[0-9]{8}$', `${name}: 8 digits`);
const groupIdentifier = (name: string) =>
  text('^([0-9A-Fa-f]{2}){1,20}$', `${name}: 1 to 20 octets in hex digits`);

const spnForm =
  'service provider name: 1 to 16 characters of the GSM alphabet, or 7 of any script; ' +
  'put a longer name into metadata.serviceProviderName';

/** Parameters of the built-in generator. All have defaults. */
export const GeneratorParameters = Type.Object(
  {
    profileName: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: longestName.profileName,
        description: 'name in the profile header: 1 to 64 characters',
      }),
    ),
    spn: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 16,
        description: spnForm,
      }),
    ),
    mcc: text('^[0-9]{3}$', 'mobile country code: 3 digits'),
    mnc: text('^[0-9]{2,3}$', 'mobile network code: 2 or 3 digits'),
    imsi: text('^(?=.{15}$)[0-9]+x*$', 'IMSI of 15 digits; each trailing x stands for a digit of the ICCID'),
    algorithm: Type.Optional(
      Type.Enum(['milenage', 'tuak', 'test'], {
        description: 'authentication algorithm: milenage, tuak or test (XOR)',
      }),
    ),
    k: longKey('subscriber key K: 32 hex digits; for TUAK, 32 or 64'),
    op: key('OP of Milenage, instead of OPc'),
    opc: longKey('OPc of Milenage: 32 hex digits; or TOPc of TUAK: 64 hex digits'),
    amf: text(
      '^[0-9A-Fa-f]{4}$',
      'authentication management field: 4 hex digits. Only the network uses it; default: 8000',
    ),
    sqn: text(
      '^[0-9A-Fa-f]{12}$',
      'last sequence number that the USIM has accepted: 12 hex digits; the network begins one step later',
    ),
    pin1: pin('PIN1'),
    pin1Enabled: Type.Optional(Type.Boolean({ description: 'whether PIN1 must be entered: true or false' })),
    puk1: eightDigits('PUK1'),
    pin2: pin('PIN2'),
    puk2: eightDigits('PUK2'),
    adm1: eightDigits('ADM1'),
    otaKey: key('key of the issuer security domain (SCP80)'),
    msisdn: text(
      '^(\\+?[0-9]{1,15})?$',
      'telephone number of up to 15 digits, with a leading + for international numbers',
    ),
    gid1: groupIdentifier('group identifier level 1'),
    gid2: groupIdentifier('group identifier level 2'),
    userPlmns: plmns('networks that the user prefers (EF.PLMNwAcT)'),
    operatorPlmns: plmns('networks that the operator prefers (EF.OPLMNwAcT)'),
    homePlmns: plmns('home network with its access technologies (EF.HPLMNwAcT)'),
    forbiddenPlmns: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9]{5,6}$', description: 'MCC and MNC: 5 or 6 digits' }), {
        maxItems: 50,
        description: 'networks that the phone avoids (EF.FPLMN): a list of MCC and MNC',
      }),
    ),
    suciKeys: Type.Optional(
      Type.Array(SuciKey, {
        minItems: 1,
        maxItems: 8,
        description:
          'public keys of the home network, by which a 5G phone conceals the IMSI (EF.SUCI_Calc_Info), the preferred key first',
      }),
    ),
    routingIndicator: text(
      '^[0-9]{1,4}$',
      'routing indicator of a 5G network (EF.Routing_Indicator): 1 to 4 digits; default: 0',
    ),
    files: Type.Optional(
      Type.Enum(['full', 'minimal'], {
        description:
          'files of the USIM: minimal (mandatory files) or full (also the files that a phone writes to)',
      }),
    ),
  },
  { additionalProperties: false, description: 'an object with parameters of the generator' },
);
export type GeneratorParameters = Static<typeof GeneratorParameters>;

type Unset = 'gid1' | 'gid2' | 'op' | 'amf' | 'sqn' | 'suciKeys' | 'routingIndicator';

/** Parameters with all defaults filled in. */
export type CompleteParameters = Required<Omit<GeneratorParameters, Unset>> &
  Pick<GeneratorParameters, Unset>;

const defaults = {
  profileName: 'Mock USIM test profile',
  spn: 'Mock MNO',
  mcc: '001',
  mnc: '01',
  algorithm: 'milenage',
  // 3GPP TS 35.208, test set 1: public on purpose, so that any test network can authenticate the profile.
  k: '465b5ce8b199b49faa5f0a2ee238a6bc',
  opc: 'cd63cb71954a9f4e48a5994e37a02baf',
  pin1: '1234',
  pin1Enabled: false,
  puk1: '11111111',
  pin2: '9999',
  puk2: '22222222',
  adm1: '55555555',
  otaKey: '404142434445464748494a4b4c4d4e4f',
  // The numbers 555-0100 to 555-0199 are reserved for examples.
  msisdn: '+12025550123',
  files: 'full',
  userPlmns: [],
  operatorPlmns: [],
  homePlmns: [],
  forbiddenPlmns: [],
} satisfies GeneratorParameters;

const check = checker('parameters', GeneratorParameters);

/**
 * Checks `given` and adds the defaults.
 *
 * @throws ProfileDataError that names the invalid parameter
 */
export function completeParameters(given: unknown): CompleteParameters {
  const checked = check(given);
  const parameters = { ...defaults, ...checked, opc: operatorKey(checked) };
  const { mcc, mnc } = parameters;
  const imsi = parameters.imsi ?? (mcc + mnc).padEnd(15, 'x');
  if (!imsi.startsWith(mcc + mnc)) {
    throw new ProfileDataError('parameters.imsi', `must begin with mcc and mnc, ${mcc}${mnc}`);
  }
  checkKeys(parameters);
  checkSuciKeys(parameters.suciKeys);
  if (!spnOctets(parameters.spn)) {
    throw new ProfileDataError('parameters.spn', `must be ${spnForm}`);
  }
  return { ...parameters, imsi };
}

/** OPc or TOPc as given, or OPc from OP. */
function operatorKey({ algorithm, op, opc, k = defaults.k }: GeneratorParameters): string {
  if (op === undefined) return opc ?? defaults.opc;
  if (opc !== undefined) throw new ProfileDataError('parameters.op', 'cannot be combined with opc');
  if (algorithm === 'tuak')
    throw new ProfileDataError('parameters.op', 'is for Milenage; TUAK needs its TOPc in opc');
  return opcOf(k, op);
}

/** @throws ProfileDataError unless the keys have the lengths of the algorithm */
function checkKeys({ algorithm, k, opc }: Pick<CompleteParameters, 'algorithm' | 'k' | 'opc'>): void {
  const isTuak = algorithm === 'tuak';
  if (!isTuak && k.length !== 32) throw new ProfileDataError('parameters.k', 'must be 32 hex digits');
  if (opc.length !== (isTuak ? 64 : 32))
    throw new ProfileDataError(
      'parameters.opc',
      isTuak ? 'must be the TOPc of TUAK: 64 hex digits' : 'must be 32 hex digits',
    );
}
