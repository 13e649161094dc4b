import { credentialUnder, type Card } from './card.js';
import { hasPolicyRule, metadataOf } from './metadata-rules.js';
import { notificationAddresses, notify } from './notifications.js';
import type { Operation, StoredProfile } from './state.js';

/** Results of ES10c.EnableProfile, DisableProfile and DeleteProfile (SGP.22 5.7.16 to 5.7.18). */
export type ProfileResult =
  | 'ok'
  | 'iccidOrAidNotFound'
  | 'profileNotInDisabledState'
  | 'profileNotInEnabledState'
  | 'disallowedByPolicy';

/** Enables a profile. First disables the enabled profile, if there is one. */
export function enableProfile(card: Card, iccid: string): ProfileResult {
  const { profiles } = card.memory.state;
  const profile = profiles.find((each) => each.iccid === iccid);
  if (!profile) return 'iccidOrAidNotFound';
  if (profile.state !== 'disabled') return 'profileNotInDisabledState';
  const enabled = profiles.find((each) => each.state === 'enabled');
  if (enabled && hasPolicyRule(metadataOf(enabled), 'ppr1')) return 'disallowedByPolicy';
  if (enabled) change(card, enabled, 'disable');
  change(card, profile, 'enable');
  card.memory.commit();
  return 'ok';
}

/** Disables the enabled profile, unless PPR1 forbids it. */
export function disableProfile(card: Card, iccid: string): ProfileResult {
  const profile = card.memory.state.profiles.find((each) => each.iccid === iccid);
  if (!profile) return 'iccidOrAidNotFound';
  if (profile.state !== 'enabled') return 'profileNotInEnabledState';
  if (hasPolicyRule(metadataOf(profile), 'ppr1')) return 'disallowedByPolicy';
  change(card, profile, 'disable');
  card.memory.commit();
  return 'ok';
}

/** Deletes a disabled profile, unless PPR2 forbids it. */
export function deleteProfile(card: Card, iccid: string): ProfileResult {
  const { state } = card.memory;
  const profile = state.profiles.find((each) => each.iccid === iccid);
  if (!profile) return 'iccidOrAidNotFound';
  if (profile.state !== 'disabled') return 'profileNotInDisabledState';
  if (hasPolicyRule(metadataOf(profile), 'ppr2')) return 'disallowedByPolicy';
  state.profiles = state.profiles.filter((each) => each !== profile);
  change(card, profile, 'delete');
  card.memory.commit();
  return 'ok';
}

/** Results of ES10c.SetNickname (SGP.22 5.7.21). */
export type NicknameResult = 'ok' | 'iccidNotFound';

/** Sets the nickname of a profile (SGP.22 5.7.21). An empty text removes the nickname. */
export function setNickname(card: Card, iccid: string, nickname: string): NicknameResult {
  const profile = card.memory.state.profiles.find((each) => each.iccid === iccid);
  if (!profile) return 'iccidNotFound';
  if (nickname === '') delete profile.nickname;
  else profile.nickname = nickname;
  card.memory.commit();
  return 'ok';
}

/** Changes the state of a profile, and makes the notifications that its metadata requires. The caller must commit. */
function change(card: Card, profile: StoredProfile, operation: Exclude<Operation, 'install'>): void {
  profile.state = operation === 'enable' ? 'enabled' : 'disabled';
  notifyOf(card, profile, operation);
}

/** Makes the notifications of this operation that the profile's metadata requires. The caller must commit. */
export function notifyOf(card: Card, profile: StoredProfile, operation: Exclude<Operation, 'install'>): void {
  const metadata = metadataOf(profile);
  const credential = credentialUnder(card, Buffer.from(profile.ciKeyId, 'hex'));
  for (const address of notificationAddresses(metadata, operation)) {
    notify(card, credential, { operation, address, iccid: metadata.iccid });
  }
}
