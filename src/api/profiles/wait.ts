import Type from 'typebox';
import { profileStates, type ProfileState } from '../../store/index.js';
import { Problem } from '../http/problem.js';
import { timeoutMember, waitUntil } from '../journal/wait.js';
import type { Scope } from '../scope.js';
import { findProfile, type FoundProfile, type ProfileChoice, type ProfilePath } from './lookup.js';

/** Query members that make a call wait until a profile is in one of the given states. */
export const waitMembers = {
  waitFor: Type.Optional(
    Type.Array(Type.Enum([...profileStates], { description: `one of ${profileStates.join(', ')}` }), {
      description: 'a state to wait for; give several to wait for any of them',
    }),
  ),
  timeout: timeoutMember,
};

interface Awaited {
  readonly waitFor: readonly ProfileState[];
  /** Seconds; default: 10. */
  readonly timeout?: number | undefined;
}

const defaultTimeout = 10;

/**
 * Waits until the profile is in one of the states.
 *
 * @throws Problem 417 after the timeout, 404 if the profile is unknown or removed, 503 if the server is stopped
 */
export async function profileInState(
  { store, journal }: Pick<Scope, 'store' | 'journal'>,
  path: ProfilePath,
  choice: ProfileChoice,
  { waitFor, timeout = defaultTimeout }: Awaited,
  signal: AbortSignal,
): Promise<FoundProfile> {
  let { profile } = await findProfile(store, path, choice);
  const look = async (): Promise<FoundProfile | undefined> => {
    const found = await findProfile(store, path, choice);
    ({ profile } = found);
    return waitFor.includes(profile.state) ? found : undefined;
  };
  const found = await waitUntil(
    {
      ...{ journal, signal, timeout: timeout * 1000 },
      concerns: (entry) => entry.kind === 'transition' && entry.transition.profileId === profile.id,
    },
    look,
  );
  if (found) return found;
  throw new Problem(
    417,
    `profile ${profile.iccid} is ${profile.state}, not ${waitFor.join(' or ')}, after ${timeout} s`,
  );
}
