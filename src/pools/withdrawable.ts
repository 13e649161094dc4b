import type { Profile, ProfileState } from '../store/index.js';

const beforeDownload: ReadonlySet<ProfileState> = new Set<ProfileState>([
  'Available',
  'Allocated',
  'Linked',
  'Confirmed',
  'Released',
]);

/** Whether the server has never delivered the profile, so that its removal affects no device. */
export const isWithdrawable = ({ state }: Profile): boolean => beforeDownload.has(state);
