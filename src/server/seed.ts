import { prepareProfile } from '../orders/index.js';
import type { PreloadResult } from '../manifests/preload/index.js';
import type { ControlContext } from '../api/index.js';
import type { Profile, Store } from '../store/index.js';
import { requireManifest, seedManifest, wouldAdd } from './seed-manifest.js';
import { namesOf } from './settings.js';

/** MatchingID of the demo profile: the same everywhere, so that it can stand in documentation. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** What an empty database was given. */
export interface SeedResult {
  /** That of the seed `demo`, as it is now, whether it was made by this start or an earlier one. */
  readonly demoProfile?: Profile | undefined;
  /** What came of the manifest that the seed names. */
  readonly preloaded?: PreloadResult;
}

/**
 * Looks for what the seed names, so that a server that cannot plant it ends before anybody can reach it.
 *
 * @throws ConfigError where the manifest cannot be read
 */
export async function requireSeed(store: Store, seed: string): Promise<void> {
  if (seed !== 'demo' && seed !== 'none' && (await isEmpty(store))) await requireManifest(seed);
}

/**
 * Gives a database without any profile what the seed says: `demo`, `none`, or the path of a manifest.
 *
 * @throws ConfigError where the manifest is wrong
 */
export async function seedDatabase(context: ControlContext, seed: string): Promise<SeedResult> {
  if (await isEmpty(context.store)) return applySeed(context, seed);
  return seed === 'demo' ? { demoProfile: await demoProfile(context.store) } : {};
}

const demoProfile = (store: Store): Promise<Profile | undefined> => store.profileByMatchingId(demoMatchingId);

/** What to tell of a seed that a database does not get, because there are profiles in it; `undefined`: it has had the same. */
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

/** Adds what the seed says, whatever there is already. @throws ConfigError where the manifest is wrong */
export async function applySeed(context: ControlContext, seed: string): Promise<SeedResult> {
  if (seed === 'none') return {};
  return seed === 'demo'
    ? { demoProfile: await seedDemo(context) }
    : { preloaded: await seedManifest(context, seed) };
}

/** A profile that can be downloaded at once. */
async function seedDemo(context: ControlContext): Promise<Profile> {
  const { profile } = await prepareProfile(context, { matchingId: demoMatchingId, label: 'demo' });
  return profile;
}
