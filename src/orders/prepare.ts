import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import { DEFAULT_PROFILE_TYPE, iccidFromSequence, ProfileDataError } from '../profiles/index.js';
import { canonicalIccid } from '../wire/rsp/index.js';
import { DuplicateError, type ImsiClaim, type NewProfile, type Profile, type Store } from '../store/index.js';
import { hashConfirmationCode } from './confirmation-code-hash.js';
import { eventChanges } from './event-changes.js';
import { eidRangeCheck, type KnownManufacturers } from './eid-range.js';
import { newMatchingId } from '../base/matching-id.js';
import { nextTurn } from '../base/turns.js';
import type { PreparedType } from './prepared-type.js';
import {
  ProfileRequestError,
  type PreparationRequest,
  type ProfileRequest,
  type Remark,
} from './profile-request.js';
import { ProfileTypeError, type ProfileTypes } from './profile-types.js';
import { checkRequest, unconfirmed } from './request-checks.js';

/** The dependencies of the preparation of profiles. */
export interface PreparationContext {
  readonly store: Store;
  readonly profileTypes: ProfileTypes;
  readonly clock: Clock;
  readonly random: Random;
  /** The known eUICC manufacturers. Absent: the server does not check who may issue an EID. */
  readonly pki?: KnownManufacturers | undefined;
}

export interface PreparedProfile {
  readonly profile: Profile;
  /** Warnings about what ES2+ or a device would refuse. */
  readonly warnings: readonly Remark[];
}

/** Maximum number of attempts to create profiles. Between attempts, the server replaces a generated identifier that is in use. */
const maxRounds = 10_000;

/** The default number of wrong confirmation codes after which an order ends. */
export const defaultConfirmationCodeAttempts = 5;

/**
 * Prepares a profile in the requested state, with its personal data and its order.
 *
 * @throws ProfileRequestError that names every wrong member
 * @throws DuplicateError if the given ICCID or MatchingID is in use
 */
export async function prepareProfile(
  context: PreparationContext,
  request: ProfileRequest = {},
): Promise<PreparedProfile> {
  const [prepared] = await prepareProfiles(context, [request]);
  return prepared!;
}

/**
 * Prepares several profiles, or none if one of them cannot be prepared.
 *
 * @throws ProfileRequestError for the first request that cannot be fulfilled
 * @throws DuplicateError if a requested ICCID or MatchingID is in use
 */
export async function prepareProfiles(
  context: PreparationContext,
  requests: Iterable<PreparationRequest> | AsyncIterable<PreparationRequest>,
): Promise<readonly PreparedProfile[]> {
  const accepted: AcceptedRequest[] = [];
  for await (const request of requests) accepted.push(await acceptRequest(context, request));
  return prepareAccepted(context, accepted);
}

/** The number of drafts after which other requests get a turn. */
const draftsPerTurn = 500;

/** A request that was checked and can be fulfilled. */
export interface AcceptedRequest {
  readonly request: PreparationRequest;
  readonly type: Pick<PreparedType, 'name' | 'sharesIccid'>;
  /** The required ICCID; `undefined` for the next free one. */
  readonly given: string | undefined;
  /** What ES2+ or a device would refuse. */
  readonly warnings: readonly Remark[];
  /** Absent: other profiles may have the same IMSI. */
  readonly imsiClaim?: ImsiClaim | undefined;
}

/**
 * Prepares all profiles of requests that {@link acceptRequest} has accepted, or none of them.
 *
 * @throws DuplicateError if a requested ICCID, a MatchingID or a claimed IMSI is in use
 */
export async function prepareAccepted(
  context: PreparationContext,
  accepted: readonly AcceptedRequest[],
): Promise<readonly PreparedProfile[]> {
  const drafts: Draft[] = [];
  for (const [index, one] of accepted.entries()) {
    if (index > 0 && index % draftsPerTurn === 0) await nextTurn();
    drafts.push(await draft(context, one));
  }
  const profiles = await create(context, drafts);
  return profiles.map((profile, index) => ({ profile, warnings: accepted[index]!.warnings }));
}

/** A profile to create. The server may replace an identifier that it has generated itself. */
interface Draft {
  profile: NewProfile;
  readonly isIccidGenerated: boolean;
  readonly isMatchingIdGenerated: boolean;
}

async function draft(context: PreparationContext, accepted: AcceptedRequest): Promise<Draft> {
  const { request, type, given, imsiClaim } = accepted;
  const { state = 'Released' } = request;
  const isMatchingIdGenerated = request.matchingId === undefined && !unconfirmed.has(state);
  const profile: NewProfile = {
    ...(request.namespace !== undefined && { namespace: request.namespace }),
    profileType: type.name,
    iccid: given ?? (await nextIccid(context.store)),
    sharedIccid: type.sharesIccid,
    state,
    createdAt: context.clock.now().getTime(),
    operator: request.operator ?? null,
    eid: request.eid ?? null,
    matchingId: isMatchingIdGenerated ? newMatchingId(context.random) : (request.matchingId ?? null),
    confirmationCodeHash: codeHashOf(request),
    confirmationCodeAttemptsLeft: request.confirmationCodeAttempts ?? defaultConfirmationCodeAttempts,
    downloadAttemptsLeft: request.downloadAttempts ?? null,
    validUntil: request.validUntil === undefined ? null : Date.parse(request.validUntil),
    smdsAddress: request.smdsAddress ?? null,
    reuse: request.reuse ?? 'once',
    label: request.label ?? null,
    pool: request.pool ?? null,
    imei: request.imei ?? null,
    metadata: request.metadata === undefined ? null : JSON.stringify(request.metadata),
    personal: request.subscriber === undefined ? null : JSON.stringify(request.subscriber),
    errorStatus: request.errorStatus ?? null,
    installedState: request.installedState ?? (state === 'Installed' ? 'disabled' : null),
    ...(imsiClaim !== undefined && { imsiClaim }),
  };
  return { profile, isIccidGenerated: given === undefined, isMatchingIdGenerated };
}

function codeHashOf({ confirmationCode, confirmationCodeHash }: PreparationRequest): Buffer | null {
  if (confirmationCode !== undefined) return hashConfirmationCode(confirmationCode);
  return confirmationCodeHash === undefined ? null : Buffer.from(confirmationCodeHash, 'hex');
}

/** ICCID for checks of a profile that has none yet. */
const anyIccid = iccidFromSequence(0);

/**
 * Checks a request without preparing a profile. Does not look for other profiles with the same ICCID or MatchingID.
 *
 * @throws ProfileRequestError naming every member that is wrong
 */
export async function acceptRequest(
  context: PreparationContext,
  request: PreparationRequest,
): Promise<AcceptedRequest> {
  const { problems, warnings } = checkRequest(request, context.clock.now().getTime());
  if (problems.length > 0) throw new ProfileRequestError(problems);
  const type = await typeFor(context.profileTypes, request.profileType ?? DEFAULT_PROFILE_TYPE);
  const given = givenIccid(request, type);
  checkData(type, {
    iccid: given ?? anyIccid,
    metadata: request.metadata === undefined ? null : JSON.stringify(request.metadata),
    personal: request.subscriber === undefined ? null : JSON.stringify(request.subscriber),
  });
  const outside = request.eid === undefined ? undefined : eidRangeCheck(context.pki)(request.eid);
  return {
    request,
    type,
    given,
    warnings: [...warnings, ...(outside ? [outside] : []), ...type.remarks.map(aboutType(type))],
  };
}

/** Converts a remark about a profile type to one about a request that names the type. */
export const aboutType =
  ({ name }: PreparedType) =>
  ({ field, message, remedy }: Remark): Remark => ({
    field: 'profileType',
    message: `'${name}': ${field}: ${message}`,
    ...(remedy !== undefined && { remedy }),
  });

/** The profile type that a request names. @throws ProfileRequestError */
export async function typeFor(profileTypes: ProfileTypes, name: string): Promise<PreparedType> {
  try {
    return await profileTypes.get(name);
  } catch (error) {
    if (!(error instanceof ProfileTypeError)) throw error;
    const names = await profileTypes.names();
    throw new ProfileRequestError([
      { field: 'profileType', message: error.message, remedy: `name one of ${names.join(', ')}` },
    ]);
  }
}

/** The ICCID that the request or the package determines. `undefined` if the profile gets the next free ICCID. */
function givenIccid({ iccid }: ProfileRequest, { compiled }: PreparedType): string | undefined {
  const asked = iccid === undefined ? undefined : canonicalIccid(iccid);
  const { fixedIccid } = compiled;
  if (fixedIccid === undefined || asked === undefined || asked === fixedIccid) return fixedIccid ?? asked;
  throw new ProfileRequestError([
    {
      field: 'iccid',
      message: `packages of type '${compiled.definition.name}' are sent unchanged, with the ICCID ${fixedIccid}`,
      remedy: 'leave it out, or upload the package with personalise=iccid under another name',
    },
  ]);
}

const nextIccid = async (store: Store): Promise<string> => iccidFromSequence(await store.nextNumber('iccid'));

/** @throws ProfileRequestError if metadata or subscriber do not fit the type */
export function checkData(
  type: PreparedType,
  profile: Pick<Profile, 'iccid' | 'metadata' | 'personal'>,
): void {
  if (profile.metadata === null && profile.personal === null) return;
  try {
    type.metadata(profile);
    if (profile.personal !== null) type.package(profile);
  } catch (error) {
    if (!(error instanceof ProfileDataError)) throw error;
    throw new ProfileRequestError([{ field: error.field, message: error.problem }]);
  }
}

/** Creates the profiles. If a generated identifier is in use, generates another identifier. */
async function create(
  { store, random }: PreparationContext,
  drafts: readonly Draft[],
): Promise<readonly Profile[]> {
  for (let round = 0; round < maxRounds; round++) {
    try {
      const profiles = drafts.map(({ profile }) => profile);
      return await store.createProfiles(
        profiles,
        profiles.flatMap((profile) => eventChanges(undefined, profile)),
      );
    } catch (error) {
      if (!(error instanceof DuplicateError) || error.field === 'imsi') throw error;
      const { field, value } = error;
      const affected = drafts.find(
        (one) =>
          one.profile[field] === value &&
          (field === 'iccid' ? one.isIccidGenerated : one.isMatchingIdGenerated),
      );
      if (!affected) throw error;
      affected.profile = {
        ...affected.profile,
        ...(field === 'iccid' ? { iccid: await nextIccid(store) } : { matchingId: newMatchingId(random) }),
      };
    }
  }
  throw new Error(`gave up after ${maxRounds} attempts to find an unused ICCID or MatchingID`);
}
