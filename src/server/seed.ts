import { prepareProfile } from '../orders/index.js';
import type { ControlContext } from '../control/index.js';
import type { Profile } from '../store/index.js';

/** MatchingID of the demo profile: the same everywhere, so that it can stand in documentation. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** Gives a database without any profile one that can be downloaded at once. */
export async function seedDemo(context: ControlContext): Promise<Profile | undefined> {
  const counts = await context.store.countProfiles();
  if (Object.values(counts).some((count) => count > 0)) return undefined;
  const { profile } = await prepareProfile(context, { matchingId: demoMatchingId, label: 'demo' });
  return profile;
}
