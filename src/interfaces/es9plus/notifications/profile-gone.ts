import type { Profile, Store, StoredNotification } from '../../../store/index.js';

/** The profile that a notification is about was removed while the notification was handled, by a reset for instance. */
class ProfileGoneError extends Error {
  override readonly name = 'ProfileGoneError';
}

/** The profile as it is now. @throws ProfileGoneError, which {@link keepIfProfileIsGone} is for */
export async function profileLeft(store: Store, id: number): Promise<Profile> {
  const profile = await store.profile(id);
  if (!profile) throw new ProfileGoneError(`profile ${id} does not exist any more`);
  return profile;
}

/** Acts upon a verified notification, or keeps it as it is where there is no profile left to act upon. */
export async function keepIfProfileIsGone(
  store: Store,
  act: () => Promise<void>,
  kept: (outcome: string) => StoredNotification,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProfileGoneError)) throw error;
    const notification = kept('kept only: the profile was removed before it could be acted upon');
    await store.commit([{ kind: 'recordNotification', notification }]);
  }
}
