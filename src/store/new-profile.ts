import { noNamespace } from '../base/namespace.js';
import type { NewProfile, Profile } from './records.js';

type Assigned = 'id' | 'version' | 'updatedAt';
type Given = 'iccid' | 'profileType' | 'state' | 'createdAt';

/** The version of a new profile. */
export const firstVersion = 1;

/** Defaults for the members of a new profile, the same for every engine. */
export const newProfileDefaults: Readonly<Omit<Profile, Assigned | Given>> = {
  namespace: noNamespace,
  sharedIccid: false,
  operator: null,
  eid: null,
  matchingId: null,
  confirmationCodeHash: null,
  confirmationCodeAttemptsLeft: 5,
  downloadAttemptsLeft: null,
  validUntil: null,
  smdsAddress: null,
  reuse: 'once',
  label: null,
  pool: null,
  imei: null,
  metadata: null,
  personal: null,
  errorStatus: null,
  installedState: null,
  installedSeqNumber: null,
  boundTransactionId: null,
};

/** The profile made from `given`, with the assigned `id`. */
export function newProfile(id: number, given: NewProfile): Profile {
  return {
    id,
    namespace: given.namespace ?? noNamespace,
    version: firstVersion,
    iccid: given.iccid,
    sharedIccid: given.sharedIccid ?? newProfileDefaults.sharedIccid,
    profileType: given.profileType,
    state: given.state,
    operator: given.operator ?? null,
    eid: given.eid ?? null,
    matchingId: given.matchingId ?? null,
    confirmationCodeHash: given.confirmationCodeHash ?? null,
    confirmationCodeAttemptsLeft:
      given.confirmationCodeAttemptsLeft ?? newProfileDefaults.confirmationCodeAttemptsLeft,
    downloadAttemptsLeft: given.downloadAttemptsLeft ?? null,
    validUntil: given.validUntil ?? null,
    smdsAddress: given.smdsAddress ?? null,
    reuse: given.reuse ?? newProfileDefaults.reuse,
    label: given.label ?? null,
    pool: given.pool ?? null,
    imei: given.imei ?? null,
    metadata: given.metadata ?? null,
    personal: given.personal ?? null,
    errorStatus: given.errorStatus ?? null,
    installedState: given.installedState ?? null,
    installedSeqNumber: given.installedSeqNumber ?? null,
    boundTransactionId: given.boundTransactionId ?? null,
    createdAt: given.createdAt,
    updatedAt: given.createdAt,
  };
}
