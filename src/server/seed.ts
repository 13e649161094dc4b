import { prepareProfile, type PreloadResult } from '../orders/index.js';
import type { ControlContext } from '../control/index.js';
import type { Profile, Store } from '../store/index.js';
import { requireManifest, seedManifest } from './seed-manifest.js';

/** MatchingID of the demo profile: the same everywhere, so that it can stand in documentation. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** What an empty database was given. */
export interface Seeded {
  readonly demoProfile?: Profile;
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
export async function seedDatabase(context: ControlContext, seed: string): Promise<Seeded> {
  return (await isEmpty(context.store)) ? plantSeed(context, seed) : {};
}

const isEmpty = async (store: Store): Promise<boolean> =>
  Object.values(await store.countProfiles()).every((count) => count === 0);

/** Adds what the seed says, whatever there is already. @throws ConfigError where the manifest is wrong */
export async function plantSeed(context: ControlContext, seed: string): Promise<Seeded> {
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
