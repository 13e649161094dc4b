import { ProfileClass } from '../../wire/rsp/index.js';
import type { Card } from './card.js';
import { metadataOf } from './metadata-rules.js';
import { notifyOf } from './profile-management.js';

/** What ES10c.eUICCMemoryReset removes (SGP.22 5.7.19). */
export interface MemoryResetOptions {
  /** Whether profiles of the classes operational and provisioning are deleted. Default `true`. */
  readonly operationalProfiles?: boolean | undefined;
  /** Whether downloaded profiles of the class test are deleted. Default `true`. */
  readonly testProfiles?: boolean | undefined;
  /** Whether the address of the default SM-DP+ is removed. Default `true`. */
  readonly defaultSmdpAddress?: boolean | undefined;
}

/** Result of ES10c.eUICCMemoryReset (SGP.22 5.7.19). */
export type MemoryResetResult = 'ok' | 'nothingToDelete';

/**
 * Deletes profiles in any state and with any policy rules, and makes their delete notifications. Keeps the notifications that are not
 * delivered yet.
 */
export function resetMemory(
  card: Card,
  { operationalProfiles = true, testProfiles = true, defaultSmdpAddress = true }: MemoryResetOptions,
): MemoryResetResult {
  const { state } = card.memory;
  const deleted = state.profiles.filter((profile) =>
    metadataOf(profile).profileClass === ProfileClass.test ? testProfiles : operationalProfiles,
  );
  const addresses = state.configuredAddresses;
  const forgetsAddress = defaultSmdpAddress && addresses?.defaultSmdpAddress !== undefined;
  if (deleted.length === 0 && !forgetsAddress) return 'nothingToDelete';
  state.profiles = state.profiles.filter((profile) => !deleted.includes(profile));
  for (const profile of deleted) notifyOf(card, profile, 'delete');
  if (forgetsAddress) state.configuredAddresses = { ...addresses, defaultSmdpAddress: undefined };
  card.memory.commit();
  return 'ok';
}
