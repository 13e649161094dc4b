import Type, { type Static } from 'typebox';
import { ProfileDataError } from '../errors.js';
import { completeParameters, GeneratorParameters, type CompleteParameters } from '../generator/parameters.js';

/** Country codes whose network codes have three digits (ITU-T E.212). */
const longNetworkCodes = new Set(
  [
    302, 310, 311, 312, 313, 314, 315, 316, 334, 338, 342, 344, 346, 348, 350, 352, 354, 356, 358, 360, 364,
    365,
  ]
    .concat([366, 376, 405, 708, 714, 722, 732, 734, 738, 740, 748, 750])
    .map(String),
);

const ofProfile = Type.Pick(GeneratorParameters, [
  'k',
  'op',
  'opc',
  'algorithm',
  'amf',
  'sqn',
  'msisdn',
  'mnc',
  'spn',
  'gid1',
  'gid2',
  'pin1',
  'pin1Enabled',
  'puk1',
  'pin2',
  'puk2',
  'adm1',
  'userPlmns',
  'operatorPlmns',
  'homePlmns',
  'forbiddenPlmns',
  'suciKeys',
  'routingIndicator',
]).properties;

/** Values of one profile that override those of its type: the subscriber's identity, keys and settings. */
export const Subscriber = Type.Object(
  {
    imsi: Type.Optional(Type.String({ pattern: '^[0-9]{15}$', description: 'IMSI: 15 digits' })),
    ...ofProfile,
  },
  { additionalProperties: false, description: 'an object with the data of a subscriber' },
);
export type Subscriber = Static<typeof Subscriber>;

/** Members that are secret. */
export const subscriberSecrets = ['k', 'op', 'opc', 'pin1', 'pin2', 'puk1', 'puk2', 'adm1'] as const;

/**
 * The parameters of a profile: the parameters of its type, overridden by those of the subscriber.
 *
 * @throws ProfileDataError naming the wrong member, such as `subscriber.imsi`
 */
export function parametersOf(type: GeneratorParameters, subscriber: Subscriber): CompleteParameters {
  try {
    return completeParameters({
      ...withoutOther(type, subscriber),
      ...subscriber,
      ...networkOf(type, subscriber),
    });
  } catch (error) {
    if (!(error instanceof ProfileDataError)) throw error;
    throw new ProfileDataError(error.field.replace(/^parameters/, 'subscriber'), error.problem);
  }
}

/** A subscriber's OP also replaces the OPc of the type, and vice versa. */
function withoutOther(type: GeneratorParameters, { op, opc }: Subscriber): GeneratorParameters {
  const rest = { ...type };
  if (op !== undefined) delete rest.opc;
  if (opc !== undefined) delete rest.op;
  return rest;
}

/** The subscriber's country and network code. Empty: those of the type apply. */
function networkOf(
  { mcc = '001', mnc = '01' }: GeneratorParameters,
  { imsi, mnc: given }: Subscriber,
): Pick<GeneratorParameters, 'mcc' | 'mnc'> {
  if (imsi === undefined) return {};
  if (given !== undefined) return { mcc: imsi.slice(0, 3), mnc: given };
  return imsi.startsWith(mcc + mnc) ? {} : networkCodesOf(imsi);
}

/** Country and network code of an IMSI. Networks of North America and some others have a network code of three digits. */
export function networkCodesOf(imsi: string): { readonly mcc: string; readonly mnc: string } {
  const mcc = imsi.slice(0, 3);
  return { mcc, mnc: imsi.slice(3, longNetworkCodes.has(mcc) ? 6 : 5) };
}
