import { noNamespace } from '../../base/namespace.js';
import { operatorDefaults, subscriberOf } from '../../orders/index.js';
import type { ProfileMetadata } from '../../profiles/index.js';
import type { Profile } from '../../store/index.js';
import { timeOrNull } from '../iso-time.js';
import type { SeedProfile } from './schema.js';

/** A profile as an entry of a seed, without the members that have their defaults. */
export function seedProfile(profile: Profile): SeedProfile {
  const { namespace, confirmationCodeAttemptsLeft, downloadAttemptsLeft, validUntil, reuse } = profile;
  const { confirmationCodeHash, metadata, installedState } = profile;
  return {
    ...(namespace !== noNamespace && { namespace }),
    profileType: profile.profileType,
    iccid: profile.iccid,
    state: profile.state,
    ...given({
      eid: profile.eid,
      matchingId: profile.matchingId,
      operator: profile.operator,
      label: profile.label,
      pool: profile.pool,
      imei: profile.imei,
      smdsAddress: profile.smdsAddress,
      errorStatus: profile.errorStatus,
      installedState,
      confirmationCodeHash: confirmationCodeHash && confirmationCodeHash.toString('hex'),
      downloadAttempts: downloadAttemptsLeft,
      validUntil: timeOrNull(validUntil),
      subscriber: subscriberOf(profile) ?? null,
      metadata: metadata === null ? null : (JSON.parse(metadata) as ProfileMetadata),
    }),
    ...(confirmationCodeAttemptsLeft !== operatorDefaults.confirmationCodeAttempts && {
      confirmationCodeAttempts: confirmationCodeAttemptsLeft,
    }),
    ...(reuse !== 'once' && { reuse }),
  };
}

/** The members that are not null. */
export const given = <T extends Readonly<Record<string, unknown>>>(
  members: T,
): { [Name in keyof T]?: Exclude<T[Name], null> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    [Name in keyof T]?: Exclude<T[Name], null>;
  };
