import { prepareProfile } from '../orders/index.js';
import type { PreloadResult } from '../manifests/preload/index.js';
import type { ControlContext } from '../api/index.js';
import { DuplicateError, type Profile, type Store } from '../store/index.js';
import { requireManifest, seedManifest, wouldAdd } from './seed-manifest.js';
import { namesOf } from './settings.js';

/** MatchingID of the demo profile. It is always the same, so that the documentation can show it. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** The result of seeding. */
export interface SeedResult {
  /** The profile of the seed `demo` in its present state. This start or an earlier start made the profile. */
  readonly demoProfile?: Profile | undefined;
  /** The result of importing the seed's manifest. */
  readonly preloaded?: PreloadResult;
}

/**
 * Checks that the seed can be read, before the server opens its listeners.
 *
 * @throws ConfigError if the manifest cannot be read
 */
export async function requireSeed(store: Store, seed: string): Promise<void> {
  if (seed !== 'demo' && seed !== 'none' && (await isEmpty(store))) await requireManifest(seed);
}

/**
 * Seeds the database if it has no profiles. `seed` is `demo`, `none`, or the path of a manifest.
 *
 * @throws ConfigError if the manifest is wrong
 */
export async function seedDatabase(context: ControlContext, seed: string): Promise<SeedResult> {
  if (await isEmpty(context.store)) return applySeed(context, seed);
  return seed === 'demo' ? { demoProfile: await demoProfile(context.store) } : {};
}

const demoProfile = (store: Store): Promise<Profile | undefined> => store.profileByMatchingId(demoMatchingId);

/**
 * A warning that the seed was skipped because the database has profiles. `undefined` if the database already has the
 * profiles of this seed.
 */
export async function skippedSeed(context: ControlContext, seed: string): Promise<string | undefined> {
  if (await isEmpty(context.store)) return undefined;
  const isDemo = (await demoProfile(context.store)) !== undefined;
  const begin = `${namesOf('seed')} is '${seed}', but the server seeds only an empty database, and this database has profiles`;
  const end = `Name another database with ${namesOf('database')}, or`;
  if (seed === 'none')
    return isDemo ? `${begin}, including the demo profile. ${end} remove that profile.` : undefined;
  if (seed === 'demo')
    return isDemo
      ? undefined
      : `${begin}: the demo profile is not added. ${end} make it: mock-smdp profile create --matching-id ${demoMatchingId} --label demo`;
  return (await wouldAdd(context, seed))
    ? `${begin}: the manifest is not imported. ${end} import it: mock-smdp manifest import ${seed}`
    : undefined;
}

const isEmpty = async (store: Store): Promise<boolean> =>
  Object.values(await store.countProfiles()).every((count) => count === 0);

/** Adds the profiles of the seed, even if the database has profiles. @throws ConfigError if the manifest is wrong */
export async function applySeed(context: ControlContext, seed: string): Promise<SeedResult> {
  if (seed === 'none') return {};
  return seed === 'demo'
    ? { demoProfile: await seedDemo(context) }
    : { preloaded: await seedManifest(context, seed) };
}

/** Prepares a Released profile. Uses the existing one if another server has just prepared it in the same database. */
async function seedDemo(context: ControlContext): Promise<Profile> {
  try {
    const { profile } = await prepareProfile(context, { matchingId: demoMatchingId, label: 'demo' });
    return profile;
  } catch (error) {
    const made = error instanceof DuplicateError ? await demoProfile(context.store) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}
