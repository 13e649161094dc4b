import Type, { type Static } from 'typebox';
import { ProfileMetadata, Subscriber } from '../profiles/index.js';
import { luhnChecks, type LuhnCheck } from '../wire/rsp/index.js';
import { profileStates, reusePolicies } from '../store/index.js';

const text = (description: string, minLength = 0) =>
  Type.Optional(Type.String({ minLength, maxLength: 1024, description }));
const count = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description }));

/** The member that says what the server does about an ICCID with a wrong check digit or with hex digits. */
export const luhnMember = (byDefault: LuhnCheck) =>
  Type.Optional(
    Type.Enum([...luhnChecks], {
      description: `off, warn or strict: whether the server accepts, warns about or refuses an ICCID with a wrong check digit or with hex digits; default: ${byDefault}`,
    }),
  );

/** A request for a profile. Every member has a default. `prepareProfiles` checks the formats. */
export const ProfileRequest = Type.Object(
  {
    profileType: text('the name of a profile type; default: generic'),
    iccid: text('18 to 20 digits; a trailing F is ignored; default: the next free ICCID'),
    luhn: luhnMember('warn'),
    eid: text(
      '32 digits: the only eUICC that may download the profile; default: the first eUICC that downloads it',
    ),
    matchingId: text(
      'text of up to 255 characters; "": the server finds the order by EID; default: a new MatchingID',
    ),
    confirmationCode: text('the code that the end user must enter; default: none', 1),
    confirmationCodeAttempts: count(
      'the number of wrong confirmation codes after which the order ends; default: 5',
    ),
    downloadAttempts: count('the number of downloads that devices may begin; 0: none; default: no limit'),
    validUntil: text('a time as in ISO 8601, for instance 2030-01-31T12:00:00Z; default: no expiry'),
    smdsAddress: text('the address of the SM-DS where the event is registered; default: none', 1),
    reuse: Type.Optional(
      Type.Enum([...reusePolicies], { description: `one of ${reusePolicies.join(', ')}; default: once` }),
    ),
    state: Type.Optional(
      Type.Enum([...profileStates], { description: `one of ${profileStates.join(', ')}; default: Released` }),
    ),
    operator: text(
      'functionRequesterIdentifier of the operator that owns the profile; default: no operator',
      1,
    ),
    label: text('a text by which the profile can be found; default: none', 1),
    pool: text('name of the pool that the profile is in; default: none', 1),
    metadata: Type.Optional(ProfileMetadata),
    subscriber: Type.Optional(Subscriber),
  },
  { additionalProperties: false, description: 'an object that describes the profile' },
);
export type ProfileRequest = Static<typeof ProfileRequest>;

/** Facts about an existing profile, such as its last report. Only a seed can contain them. */
export const ProfilePast = Type.Object({
  imei: Type.Optional(Type.String({ pattern: '^[0-9]{14,16}$', description: 'an IMEI of 14 to 16 digits' })),
  confirmationCodeHash: Type.Optional(
    Type.String({
      pattern: '^([0-9A-Fa-f]{64}){1,2}$',
      description: 'hash of the confirmation code, 64 or 128 hex digits, instead of the code itself',
    }),
  ),
  errorStatus: Type.Optional(
    Type.String({
      pattern: '^\\d{1,2}(\\.\\d{1,2}){0,3}/\\d{1,2}(\\.\\d{1,2}){0,3}$',
      description: 'the status code of SGP.22 that led to the state Error, such as 8.8.5/4.10',
    }),
  ),
  installedState: Type.Optional(
    Type.Enum(['enabled', 'disabled', 'deleted'], {
      description: 'one of enabled, disabled, deleted: what the eUICC reported last',
    }),
  ),
});
export type ProfilePast = Static<typeof ProfilePast>;

/** A request for a profile, with optional facts about its past. */
export type PreparationRequest = ProfileRequest &
  ProfilePast & {
    /** The namespace of the profile; absent: the namespace of the store. */
    readonly namespace?: string;
  };

/** A problem in a request, or a warning about the request. */
export interface Remark {
  /** Path of the member, for instance `metadata.icon`. */
  readonly field: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string | undefined;
}

/** Raised for a request whose profile cannot be prepared. */
export class ProfileRequestError extends Error {
  override readonly name = 'ProfileRequestError';

  /** @param problems at least one */
  constructor(readonly problems: readonly Remark[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
}
