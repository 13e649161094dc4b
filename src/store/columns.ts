import type { ConflictingProfile } from './batches.js';
import type { Callback, NewCallback } from './callbacks.js';
import type { EventRecord, NewEventRecord } from './event-records.js';
import type { MdmList } from './pools.js';
import type {
  Binding,
  Download,
  HistoryEntry,
  OrderCall,
  Profile,
  ProfileChanges,
  RspSession,
  SessionChanges,
  StoredNotification,
  StoredProfileType,
} from './records.js';
import type { Registration, RegistrationChanges } from './registrations.js';
import type { ProfileFilter } from './store.js';
import type { Delivery, NewDelivery } from './webhooks.js';

/** Column name of each member of the record `T`. All engines use the same names. */
export type Columns<T> = { readonly [Member in keyof T]-?: string };

/** The column of `member`. @throws TypeError if the member has no column */
export const columnOf = <T>(columns: Columns<T>, member: string): string => {
  if (!Object.hasOwn(columns, member)) throw new TypeError(`'${member}' has no column in this table`);
  return columns[member as keyof T];
};

/** `id AS "id", profile_type AS "profileType"`: gives each column the name of its member in the record. */
export const selection = <T>(columns: Columns<T>): string =>
  Object.entries<string>(columns)
    .map(([member, column]) => `${column} AS "${member}"`)
    .join(', ');

/** The columns of a profile that an update may set. */
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

/** The columns of a profile that a list can be filtered by. */
export const filterColumns: Columns<Omit<ProfileFilter, 'search'>> = {
  state: 'state',
  iccid: 'iccid',
  eid: 'eid',
  matchingId: 'matching_id',
  pool: 'pool',
  profileType: 'profile_type',
  operator: 'operator',
  label: 'label',
  namespace: 'namespace',
};

/** The columns that a search looks into. */
export const searchedColumns = [
  filterColumns.iccid,
  filterColumns.eid,
  filterColumns.matchingId,
  filterColumns.label,
] as const;

export const conflictColumns: Columns<ConflictingProfile> = {
  id: 'id',
  namespace: 'namespace',
  iccid: 'iccid',
  sharedIccid: 'shared_iccid',
  profileType: 'profile_type',
  state: 'state',
  eid: 'eid',
  matchingId: 'matching_id',
  confirmationCodeHash: 'confirmation_code_hash',
  label: 'label',
  pool: 'pool',
  imei: 'imei',
  personal: 'personal',
  installedState: 'installed_state',
};

export const historyColumns: Columns<HistoryEntry> = {
  at: 'at',
  trigger: 'trigger_name',
  from: 'from_state',
  to: 'to_state',
  status: 'status',
  cause: 'cause',
  eid: 'eid',
  transactionId: 'transaction_id',
  functionCallIdentifier: 'function_call_identifier',
};

export const changeableSessionColumns: Columns<SessionChanges> = {
  state: 'state',
  result: 'result',
  expiresAt: 'expires_at',
  serverAddress: 'server_address',
  serverChallenge: 'server_challenge',
  euiccCiKeyId: 'euicc_ci_key_id',
  serverCiKeyId: 'server_ci_key_id',
  eid: 'eid',
  euiccPublicPoint: 'euicc_public_point',
  profileId: 'profile_id',
  ccRequired: 'cc_required',
  smdpSignature2: 'smdp_signature2',
  profileMetadata: 'profile_metadata',
};

export const sessionColumns: Columns<RspSession> = {
  transactionId: 'transaction_id',
  role: 'role',
  createdAt: 'created_at',
  ...changeableSessionColumns,
};

export const bindingColumns: Columns<Binding> = {
  profileId: 'profile_id',
  eid: 'eid',
  euiccOtpk: 'euicc_otpk',
  smdpOtsk: 'smdp_otsk',
  installedAt: 'installed_at',
};

export const downloadColumns: Columns<Download> = {
  profileId: 'profile_id',
  eid: 'eid',
  version: 'version',
  updatedAt: 'updated_at',
  state: 'state',
  errorStatus: 'error_status',
  boundTransactionId: 'bound_transaction_id',
  installedState: 'installed_state',
  installedSeqNumber: 'installed_seq_number',
};

export const notificationColumns: Columns<StoredNotification> = {
  receivedAt: 'received_at',
  verified: 'verified',
  octets: 'octets',
  eid: 'eid',
  iccid: 'iccid',
  seqNumber: 'seq_number',
  operation: 'operation',
  profileId: 'profile_id',
  key: 'event_key',
  outcome: 'outcome',
};

export const callColumns: Columns<OrderCall> = {
  id: 'id',
  content: 'content',
  profileId: 'profile_id',
  state: 'state',
  answer: 'answer',
  at: 'at',
};

export const newCallbackColumns: Columns<NewCallback> = {
  profileId: 'profile_id',
  operator: 'operator',
  iccid: 'iccid',
  body: 'body',
  queuedAt: 'queued_at',
};

export const callbackColumns: Columns<Callback> = {
  id: 'id',
  ...newCallbackColumns,
  attempts: 'attempts',
  nextAttemptAt: 'next_attempt_at',
  leasedUntil: 'leased_until',
  lastError: 'last_error',
  deliveredAt: 'delivered_at',
};

export const newDeliveryColumns: Columns<NewDelivery> = {
  webhookId: 'webhook_id',
  subject: 'subject',
  event: 'event',
  body: 'body',
  queuedAt: 'queued_at',
};

export const deliveryColumns: Columns<Delivery> = {
  id: 'id',
  ...newDeliveryColumns,
  attempts: 'attempts',
  nextAttemptAt: 'next_attempt_at',
  leasedUntil: 'leased_until',
  lastError: 'last_error',
  endedAt: 'ended_at',
};

export const newEventColumns: Columns<NewEventRecord> = {
  owner: 'owner',
  eventId: 'event_id',
  eid: 'eid',
  rspServerAddress: 'rsp_server_address',
  rootEventId: 'root_event_id',
  registeredAt: 'registered_at',
};

export const eventColumns: Columns<EventRecord> = { id: 'id', ...newEventColumns };

export const changeableRegistrationColumns: Columns<Required<RegistrationChanges>> = {
  state: 'state',
  eid: 'eid',
  knownEid: 'known_eid',
  attempts: 'attempts',
  nextAttemptAt: 'next_attempt_at',
  lastError: 'last_error',
};

export const registrationColumns: Columns<Registration> = {
  ...changeableRegistrationColumns,
  id: 'id',
  version: 'version',
  smdsAddress: 'smds_address',
  eventId: 'event_id',
  expiresAt: 'expires_at',
  leasedUntil: 'leased_until',
};

export const mdmListColumns: Columns<MdmList> = {
  pool: 'pool',
  namespace: 'namespace',
  version: 'version',
  provider: 'provider',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

export const profileTypeColumns: Columns<StoredProfileType> = {
  name: 'name',
  definition: 'definition',
  upp: 'upp',
  updatedAt: 'updated_at',
};
