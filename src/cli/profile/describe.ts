import { facts } from '../output.js';
import type { Profile } from './api-types.js';

/** A profile and its order, one line for each thing that there is to say. */
export const describeProfile = (profile: Profile): string[] =>
  facts([
    ['ICCID', profile.iccid],
    ['state', profile.installedState ? `${profile.state} (${profile.installedState})` : profile.state],
    ['error', profile.errorStatus ?? undefined],
    ['profile type', profile.profileType],
    ['label', profile.label ?? undefined],
    ['namespace', profile.namespace ?? undefined],
    ['pool', profile.pool ?? undefined],
    ['operator', profile.operator ?? undefined],
    ['EID', profile.eid ?? 'any'],
    ['MatchingID', profile.matchingId === '' ? '(empty: found by EID)' : profile.matchingId],
    ['activation code', profile.activationCode],
    ['confirmation code', confirmation(profile)],
    ['downloads left', profile.downloadAttemptsLeft ?? undefined],
    ['valid until', profile.validUntil ?? undefined],
    ['SM-DS', profile.smdsAddress ?? undefined],
    ['event', profile.smds?.state],
    ['SM-DS says', profile.smds?.lastError ?? undefined],
    ['reuse', profile.reuse],
    ['made', profile.createdAt],
    ['changed', profile.updatedAt],
  ]);

const confirmation = (profile: Profile): string =>
  profile.confirmationCodeRequired
    ? `asked for, ${profile.confirmationCodeAttemptsLeft} attempts left`
    : 'none';
