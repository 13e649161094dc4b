import { prepareProfile, type PreloadResult } from '../orders/index.js';
import type { ControlContext } from '../control/index.js';
import type { Profile } from '../store/index.js';
import { seedManifest } from './seed-manifest.js';

/** MatchingID of the demo profile: the same everywhere, so that it can stand in documentation. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** What an empty database was given. */
export interface Seeded {
  readonly demoProfile?: Profile;
  /** What came of the manifest that the seed names. */
  readonly preloaded?: PreloadResult;
}

/**
 * Gives a database without any profile what the seed says: `demo`, `none`, or the path of a manifest.
 *
 * @throws ConfigError where the manifest is wrong
 */
export async function seedDatabase(context: ControlContext, seed: string): Promise<Seeded> {
  const counts = await context.store.countProfiles();
  return Object.values(counts).some((count) => count > 0) ? {} : plantSeed(context, seed);
}

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
