/** How a column is stored. Both engines use the same names of tables and columns. */
export type Kind = 'integer' | 'boolean' | 'text' | 'octets';

export interface CopiedTable {
  readonly name: string;
  /** The columns that identify a row. Rows are copied in the order of these columns. */
  readonly key: readonly string[];
  readonly columns: readonly (readonly [name: string, kind: Kind])[];
  /** Number of rows to copy in one transaction. */
  readonly rowsAtOnce: number;
  /** Whether the engine numbers the rows itself. It never assigns a number twice, even after a copy. */
  readonly isNumbered: boolean;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

function table(
  name: string,
  key: string,
  columns: Partial<Record<Kind, string>>,
  { rowsAtOnce = 5000, isNumbered = false } = {},
): CopiedTable {
  const listed = (Object.entries(columns) as [Kind, string][]).flatMap(([kind, names]) =>
    words(names).map((column) => [column, kind] as const),
  );
  return { name, key: words(key), columns: listed, rowsAtOnce, isNumbered };
}

const numbered = { isNumbered: true };

/** The tables that are copied, each after the tables that it refers to. Snapshots and marks of commits are not copied. */
export const copiedTables: readonly CopiedTable[] = [
  table(
    'profiles',
    'id',
    {
      integer: `id version order_version confirmation_code_attempts_left download_attempts_left valid_until installed_seq_number
        batch created_at updated_at`,
      boolean: 'shared_iccid',
      text: `namespace iccid profile_type state operator eid matching_id smds_address reuse label pool imei metadata personal
        error_status installed_state`,
      octets: 'confirmation_code_hash bound_transaction_id',
    },
    numbered,
  ),
  table('profile_counts', 'profile_type state', { text: 'profile_type state', integer: 'count' }),
  table(
    'open_batches',
    'id',
    { integer: 'id beats after_id', text: 'owner', boolean: 'abandoned' },
    numbered,
  ),
  table('batch_counts', 'batch profile_type state', { integer: 'batch count', text: 'profile_type state' }),
  table('history', 'profile_id version position', {
    integer: 'profile_id version position at',
    text: 'trigger_name from_state to_state status cause eid transaction_id function_call_identifier',
  }),
  table('sessions', 'transaction_id', {
    octets: `transaction_id server_challenge euicc_ci_key_id server_ci_key_id euicc_public_point smdp_signature2 profile_metadata`,
    text: 'role state result server_address eid',
    integer: 'created_at expires_at profile_id',
    boolean: 'cc_required',
  }),
  table('bindings', 'profile_id eid', {
    integer: 'profile_id installed_at',
    text: 'eid',
    octets: 'euicc_otpk smdp_otsk',
  }),
  table('downloads', 'profile_id eid', {
    integer: 'profile_id version updated_at installed_seq_number',
    text: 'eid state error_status installed_state',
    octets: 'bound_transaction_id',
  }),
  table(
    'notifications',
    'id',
    {
      integer: 'id received_at seq_number profile_id',
      boolean: 'verified',
      octets: 'octets',
      text: 'eid iccid operation event_key outcome',
    },
    { rowsAtOnce: 1000, ...numbered },
  ),
  table(
    'profile_types',
    'name',
    { text: 'name definition', octets: 'upp', integer: 'updated_at' },
    { rowsAtOnce: 20 },
  ),
  table('numbers', 'name', { text: 'name', integer: 'value' }),
  table('operators', 'identifier', { text: 'identifier settings', integer: 'updated_at' }),
  table('es2_calls', 'id', {
    octets: 'id content',
    integer: 'position profile_id at',
    text: 'state answer',
  }),
  table(
    'callbacks',
    'id',
    {
      integer: 'id profile_id queued_at attempts next_attempt_at leased_until delivered_at',
      text: 'operator iccid body last_error',
    },
    numbered,
  ),
  table(
    'event_records',
    'id',
    { integer: 'id registered_at', text: 'owner event_id eid rsp_server_address root_event_id' },
    numbered,
  ),
  table('mdm_lists', 'pool namespace', {
    text: 'pool namespace provider',
    integer: 'version created_at updated_at',
  }),
  table(
    'registrations',
    'id',
    {
      integer: 'id version expires_at attempts next_attempt_at leased_until',
      text: 'smds_address event_id eid state known_eid last_error',
    },
    numbered,
  ),
  table('webhooks', 'id', { integer: 'id created_at', text: 'settings' }, numbered),
  table(
    'deliveries',
    'id',
    {
      integer: 'id webhook_id queued_at attempts next_attempt_at leased_until ended_at',
      text: 'subject event body last_error',
    },
    { rowsAtOnce: 1000, ...numbered },
  ),
];
