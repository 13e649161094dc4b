import { setImmediate } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { prepareProfiles, ProfileRequest, type PreparedProfile } from '../../orders/index.js';
import { fieldProblem } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { Warning, warningsOf } from '../http/warning.js';
import type { Scope } from '../scope.js';
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
      description: 'a name of 1 to 100 characters without /, whose first character is not a blank',
    }),
    count: Type.Integer({
      minimum: 1,
      maximum: mostProfiles,
      description: `a number of profiles, from 1 to ${mostProfiles}`,
    }),
    ...Template.properties,
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

/** Makes a pool of new profiles, all or none. @throws Problem 409 if the pool exists, ProfileRequestError */
export async function generatePool(
  context: Scope,
  { name, count, ...template }: PoolRequest,
): Promise<GeneratedPool> {
  if (await poolExists(context.store, name))
    throw fieldProblem(
      'name',
      `the pool '${name}' already exists`,
      'choose another name, or delete that pool',
      409,
    );
  const request: ProfileRequest = { ...template, pool: name };
  return generated.of({ name, profiles: await prepareProfiles(context, repeated(request, count)) });
}

/** Yields the same request `count` times, and lets the server handle other requests in between. */
async function* repeated(request: ProfileRequest, count: number): AsyncGenerator<ProfileRequest> {
  for (let number = 0; number < count; number++) {
    if (number % 100 === 0) await setImmediate();
    yield request;
  }
}
