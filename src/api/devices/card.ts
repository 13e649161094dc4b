import Type, { type Static } from 'typebox';
import { PprId } from '../../wire/rsp/index.js';

const version = (description: string) =>
  Type.String({
    pattern: '^(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){2}$',
    description: `${description}: three numbers up to 255, such as 2.5.0`,
  });

const octets = (description: string, maximum: number) =>
  Type.Integer({ minimum: 0, maximum, description: `${description}: a number of octets up to ${maximum}` });

const bits = (description: string) =>
  Type.Array(Type.Integer({ minimum: 0, maximum: 63, description: 'the number of a bit, up to 63' }), {
    maxItems: 64,
    description: `the set bits of ${description}`,
  });

const rules = Object.keys(PprId) as (keyof typeof PprId)[];

const card = {
  svn: version('SGP.22 version'),
  profileVersion: version('version of the profile package specification'),
  firmwareVersion: version('firmware'),
  ppVersion: version('version of the protection profile'),
  nonVolatileMemory: octets('memory for profiles in an empty eUICC', 4_194_304),
  volatileMemory: octets('volatile memory', 4_194_304),
  uiccCapability: bits('UICCCapability'),
  rspCapability: bits('RspCapability (SGP.22 5.7.8)'),
  forbiddenPolicyRules: Type.Array(Type.Enum(rules, { description: `one of ${rules.join(', ')}` }), {
    maxItems: rules.length,
    description: 'policy rules that the eUICC forbids to every operator',
  }),
  sasAccreditationNumber: Type.String({ maxLength: 64, description: 'at most 64 characters' }),
};

/** Properties of an eUICC: EUICCInfo1 and EUICCInfo2 (SGP.22 5.7.8). */
export const CardView = Type.Object(card, { description: 'properties of the eUICC' });
export type CardView = Static<typeof CardView>;

/** Properties of a new eUICC, where they differ from the usual. */
export const CardProperties = Type.Partial(Type.Object(card), {
  additionalProperties: false,
  description: 'properties of the eUICC; those left out are as usual',
});
export type CardProperties = Static<typeof CardProperties>;
