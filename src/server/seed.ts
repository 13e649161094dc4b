import { prepareProfile } from '../orders/index.js';
import type { PreloadResult } from '../manifests/preload/index.js';
import type { ControlContext } from '../api/index.js';
import { DuplicateError, type Profile, type Store } from '../store/index.js';
import { requireManifest, seedManifest, wouldAdd } from './seed-manifest.js';
import { namesOf } from './settings.js';

/** MatchingID of the demo profile: always the same, so that documentation can show it. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** The result of seeding. */
export interface SeedResult {
  /** The profile of the seed `demo` as it is now, whether this start or an earlier one made it. */
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
 * Seeds a database without profiles: with `demo`, `none`, or the path of a manifest.
 *
 * @throws ConfigError if the manifest is wrong
 */
export async function seedDatabase(context: ControlContext, seed: string): Promise<SeedResult> {
  if (await isEmpty(context.store)) return applySeed(context, seed);
  return seed === 'demo' ? { demoProfile: await demoProfile(context.store) } : {};
}

const demoProfile = (store: Store): Promise<Profile | undefined> => store.profileByMatchingId(demoMatchingId);

/** A warning about a seed that was skipped because the database has profiles; `undefined` if it already has this seed. */
export async function skippedSeed(context: ControlContext, seed: string): Promise<string | undefined> {
  if (await isEmpty(context.store)) return undefined;
  const isDemo = (await demoProfile(context.store)) !== undefined;
  const begin = `${namesOf('seed')} is '${seed}', but only an empty database is seeded, and this one has profiles`;
  const end = `Name another database with ${namesOf('database')}, or`;
  if (seed === 'none') return isDemo ? `${begin}, the demo profile among them. ${end} remove it.` : undefined;
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

/** Adds the seed's profiles, even to a database with profiles. @throws ConfigError if the manifest is wrong */
export async function applySeed(context: ControlContext, seed: string): Promise<SeedResult> {
  if (seed === 'none') return {};
  return seed === 'demo'
    ? { demoProfile: await seedDemo(context) }
    : { preloaded: await seedManifest(context, seed) };
}

/** Prepares a Released profile, unless another server that starts on the same database has just done so. */
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
