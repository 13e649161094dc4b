import type { Profile, ProfileChanges } from '../records.js';
import { selection, type Columns, type Row } from './table.js';

/** The columns that an update may set. */
export const changeableColumns: Columns<ProfileChanges> = {
  profileType: 'profile_type',
  state: 'state',
  operator: 'operator',
  eid: 'eid',
  matchingId: 'matching_id',
  confirmationCodeHash: 'confirmation_code_hash',
  confirmationCodeAttemptsLeft: 'confirmation_code_attempts_left',
  downloadAttemptsLeft: 'download_attempts_left',
  validUntil: 'valid_until',
  smdsAddress: 'smds_address',
  reuse: 'reuse',
  label: 'label',
  pool: 'pool',
  imei: 'imei',
  metadata: 'metadata',
  personal: 'personal',
  errorStatus: 'error_status',
  installedState: 'installed_state',
  installedSeqNumber: 'installed_seq_number',
  boundTransactionId: 'bound_transaction_id',
  updatedAt: 'updated_at',
};

export const profileColumns: Columns<Profile> = {
  id: 'id',
  namespace: 'namespace',
  version: 'version',
  iccid: 'iccid',
  sharedIccid: 'shared_iccid',
  createdAt: 'created_at',
  ...changeableColumns,
};

/** SQL condition that excludes profiles of an open batch. Every read of the table must include it. */
export const notInOpenBatch = '(batch IS NULL OR batch NOT IN (SELECT id FROM open_batches))';

export type ProfileRow = Row<Profile, 'sharedIccid'>;

export const profileSelection = selection(profileColumns);

export const toProfile = (row: ProfileRow): Profile => ({ ...row, sharedIccid: row.sharedIccid === 1 });
