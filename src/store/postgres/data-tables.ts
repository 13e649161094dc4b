import type { KeptTable } from '../reset-and-snapshots.js';

/** The tables with data, each after the tables that it refers to. */
export const dataTables = [
  'profiles',
  'profile_counts',
  'profile_count_changes',
  'open_batches',
  'batch_counts',
  'history',
  'sessions',
  'bindings',
  'downloads',
  'notifications',
  'profile_types',
  'numbers',
  'operators',
  'es2_calls',
  'callbacks',
  'event_records',
  'mdm_lists',
  'registrations',
  'webhooks',
  'deliveries',
] as const;

const tableOf: Readonly<Record<KeptTable, string>> = {
  profileTypes: 'profile_types',
  operators: 'operators',
  webhooks: 'webhooks',
};

/** SQL that empties all tables with data except `keep`. Ids are not reused. */
export function clearing(keep: readonly KeptTable[] = []): string {
  const kept = keep.map((name) => tableOf[name]);
  return `TRUNCATE ${dataTables.filter((table) => !kept.includes(table)).join(', ')}`;
}
