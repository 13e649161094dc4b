import type { Change, Profile } from '../store/index.js';
import { eventChanges } from './discovery.js';

/** Changes that remove a profile, and its event at an SM-DS. */
export const removal = (profile: Profile): Change[] => [
  { kind: 'removeProfile', id: profile.id, version: profile.version },
  ...eventChanges(profile, undefined),
];
