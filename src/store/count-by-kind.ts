import type { Profile, ProfileState } from './records.js';

type Kind = Pick<Profile, 'profileType' | 'state'>;

/** Counts profiles by profile type and state. */
export function countByKind(profiles: Iterable<Kind>): [profileType: string, state: ProfileState, number][] {
  const counts = new Map<string, Map<ProfileState, number>>();
  for (const { profileType, state } of profiles) {
    let states = counts.get(profileType);
    if (!states) counts.set(profileType, (states = new Map<ProfileState, number>()));
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...counts].flatMap(([profileType, states]) =>
    [...states].map(([state, count]): [string, ProfileState, number] => [profileType, state, count]),
  );
}
