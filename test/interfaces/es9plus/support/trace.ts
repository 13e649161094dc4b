import { expect } from 'vitest';
import type { Profile } from '../../../../src/store/index.js';
import type { TestSmdp } from '../../../support/smdp.js';
import type { Answer } from './exchange.js';

/** Everything that a request could leave behind at a profile: its row with the version, its history, its notifications. */
export const traceOf = async (smdp: TestSmdp, profile: Profile) => ({
  profile: await smdp.profile(profile),
  history: await smdp.history(profile),
  notifications: await smdp.store.notifications(profile.id),
});

/** Asserts that `request` is refused with `status` and leaves no trace at the profile. */
export async function expectRefusal(
  smdp: TestSmdp,
  profile: Profile,
  status: string,
  request: () => Promise<Answer>,
): Promise<void> {
  const before = await traceOf(smdp, profile);
  expect(await request()).toEqual({ status, members: {} });
  expect(await traceOf(smdp, profile)).toEqual(before);
}
