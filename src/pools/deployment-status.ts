import type { DeviceContact, Profile } from '../store/index.js';

/** Status of a code, in the terms that MDM systems show to administrators. */
export const deploymentStatuses = [
  'Device not synced',
  'Activation pending',
  'Active',
  'Activation fail',
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** The last state that the eUICC reported for an installed profile. */
export const cellularStatuses = ['Unknown', 'Enabled', 'Disabled', 'Deleted'] as const;
export type CellularStatus = (typeof cellularStatuses)[number];

/** A profile that was deleted on the device stays Active, because its code is spent. Only its cellular status shows the deletion. */
export function deploymentStatusOf(
  profile: Pick<Profile, 'state'>,
  contact: Omit<DeviceContact, 'at'> & Partial<Pick<DeviceContact, 'at'>>,
): DeploymentStatus {
  switch (profile.state) {
    case 'Installed':
      return 'Active';
    case 'Error':
    case 'Unavailable':
      return 'Activation fail';
    case 'Downloaded':
      return contact.lastStatus === null ? 'Activation pending' : 'Activation fail';
    case 'Released':
      if (contact.lastStatus !== null) return 'Activation fail';
      return contact.isOngoing ? 'Activation pending' : 'Device not synced';
    case 'Available':
    case 'Allocated':
    case 'Linked':
    case 'Confirmed':
      return 'Device not synced';
  }
}

export function cellularStatusOf({ installedState }: Profile): CellularStatus {
  switch (installedState) {
    case 'enabled':
      return 'Enabled';
    case 'disabled':
      return 'Disabled';
    case 'deleted':
      return 'Deleted';
    case null:
      return 'Unknown';
  }
}
