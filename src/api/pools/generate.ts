import { randomBytes } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { acceptSubscribers, subscribersInRange } from '../../manifests/index.js';
import {
  acceptRequest,
  prepareAccepted,
  ProfileRequest,
  type AcceptedRequest,
  type PreparedProfile,
} from '../../orders/index.js';
import type { Subscriber } from '../../profiles/index.js';
import { fieldProblem } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { Warning, warningsOf } from '../http/warning.js';
import type { Scope } from '../scope.js';
import {
  commonMembers,
  firstImsi,
  poolDrawingMembers,
  poolDrawingOf,
  rangeMembers,
} from '../subscribers/members.js';
import { poolExists } from './lookup.js';

/** Settings that all profiles of a new pool share. */
const Template = Type.Pick(ProfileRequest, [
  'profileType',
  'confirmationCode',
  'confirmationCodeAttempts',
  'downloadAttempts',
  'validUntil',
  'reuse',
  'operator',
  'label',
  'metadata',
]);

/**
 * Maximum number of profiles in a new pool. One transaction makes all of them, and blocks all other requests meanwhile.
 */
const mostProfiles = 10_000;

export const PoolRequest = Type.Object(
  {
    name: Type.String({
      pattern: '^[^\\x00-\\x20/\\x7f][^\\x00-\\x1f/\\x7f]{0,99}$',
      description: 'a name of 1 to 100 characters; it has no / and does not begin with a blank',
    }),
    count: Type.Integer({
      minimum: 1,
      maximum: mostProfiles,
      description: `a number of profiles, from 1 to ${mostProfiles}`,
    }),
    ...Template.properties,
    imsi: firstImsi('; each profile gets its own IMSI and keys; default: those of the profile type'),
    ...rangeMembers,
    ...poolDrawingMembers,
    ...commonMembers,
  },
  { additionalProperties: false, description: 'an object that describes the pool' },
);
export type PoolRequest = Static<typeof PoolRequest>;

interface Made {
  readonly name: string;
  readonly profiles: readonly PreparedProfile[];
}

const generated = viewFrom<Made>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  created: member(
    Type.Integer({ description: 'number of new profiles, each with its own MatchingID' }),
    ({ profiles }) => profiles.length,
  ),
  warnings: member(
    Type.Array(Warning, { description: 'problems that each profile will have' }),
    ({ profiles }) => warningsOf(profiles[0]?.warnings),
  ),
}));
export const GeneratedPool = generated.schema;
export type GeneratedPool = Static<typeof GeneratedPool>;

/** Makes a pool of new profiles, all or none. @throws Problem 409 if the pool exists, ProfileRequestError, SubscriberListError */
export async function generatePool(context: Scope, request: PoolRequest): Promise<GeneratedPool> {
  const { name } = request;
  if (await poolExists(context.store, name))
    throw fieldProblem(
      'name',
      `the pool '${name}' already exists`,
      'choose another name, or delete that pool',
      409,
    );
  const accepted = await acceptPool(context, request);
  return generated.of({ name, profiles: await prepareAccepted(context, accepted) });
}

/**
 * Checks the request for a pool, and makes nothing.
 *
 * @throws Problem 400, ProfileRequestError, SubscriberListError
 */
export async function acceptPool(
  context: Scope,
  { name, count, ...request }: PoolRequest,
): Promise<readonly AcceptedRequest[]> {
  const { imsi, msisdn, iccid, seed: given, pins, ...others } = request;
  const { template, subscriber } = parted(others);
  const defaults: ProfileRequest = { ...template, pool: name };
  const isAlike = [imsi, msisdn, iccid].every((first) => first === undefined);
  if (imsi === undefined) refuseDrawing({ seed: given, pins });
  if (isAlike) {
    const hasOwn = Object.keys(subscriber).length > 0;
    const one = await acceptRequest(context, { ...defaults, ...(hasOwn && { subscriber }) });
    return Array.from({ length: count }, () => one);
  }
  const seed = given ?? randomBytes(32).toString('hex');
  const rows = subscribersInRange({ count, imsi, msisdn, iccid, subscriber });
  return acceptSubscribers(context, rows, {
    ...poolDrawingOf({ seed, pins }),
    ...{ defaults, keysOptional: true },
  });
}

/** Separates the members for the orders from the members for the subscribers. */
function parted(members: Readonly<Record<string, unknown>>): {
  readonly template: ProfileRequest;
  readonly subscriber: Subscriber;
} {
  const entries = Object.entries(members);
  const isOfSubscriber = ([member]: readonly [string, unknown]): boolean =>
    Object.hasOwn(commonMembers, member);
  return {
    template: Object.fromEntries(entries.filter((one) => !isOfSubscriber(one))),
    subscriber: Object.fromEntries(entries.filter(isOfSubscriber)),
  };
}

/** Refuses a seed and drawn PINs in a request without an IMSI. @throws Problem 400 */
function refuseDrawing({ seed, pins }: Parameters<typeof poolDrawingOf>[0]): void {
  const member = seed === undefined ? (pins === 'drawn' ? 'pins' : undefined) : 'seed';
  if (member !== undefined)
    throw fieldProblem(
      member,
      'needs imsi, because the server computes keys from the IMSI',
      'give imsi, the first IMSI',
    );
}
