import { setImmediate } from 'node:timers/promises';
import { noNamespace } from '../../base/namespace.js';
import { afterCursor, checkedLimit } from '../page.js';
import type { Profile } from '../records.js';
import type { ProfileFilter } from '../store.js';
import type { Page } from '../page.js';
import { columnOf, type Columns } from '../columns.js';
import type { Connection } from './connection.js';
import { notInOpenBatch, profileSelection, toProfile, type ProfileRow } from './profile-columns.js';
import { parameters } from './table.js';

/** Ids to scan at a time. That takes some ten milliseconds at most with any filter. Other work runs in between. */
const sliceOfIds = 20_000;

/** The profiles after the cursor that match the filter. @throws RangeError for a malformed cursor or limit */
export async function listProfiles(
  connection: Connection,
  filter: ProfileFilter,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<Profile>> {
  const limit = checkedLimit(page.limit);
  const { sql, values, few } = queryOf(filter);
  const found: Profile[] = [];
  const last = connection.prepare<{ id: number | null }>('SELECT max(id) AS id FROM profiles').get()?.id ?? 0;
  const slice = few ? last : sliceOfIds;
  for (let after = afterCursor(page.cursor); after < last; after += slice) {
    const rows = connection.prepare<ProfileRow>(sql);
    found.push(...rows.all(...values, after, after + slice, limit + 1 - found.length).map(toProfile));
    if (found.length > limit) return { items: found.slice(0, limit), next: String(found[limit - 1]?.id) };
    await setImmediate();
  }
  return { items: found };
}

const columns: Columns<ProfileFilter> = {
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

interface Index {
  readonly name: string;
  readonly column: string;
  /** Value that the partial index excludes. A statement must exclude it too to use the index. */
  readonly without?: string;
  /** Few profiles share a value, so all of them can be read at once. */
  readonly few?: true;
}

/** Indexes that narrow a list down better than a scan by id, best first. */
const indexes: readonly Index[] = [
  { name: 'profiles_iccid', column: columns.iccid, few: true },
  { name: 'profiles_matching_id', column: columns.matchingId, without: '', few: true },
  { name: 'profiles_eid', column: columns.eid, few: true },
  { name: 'profiles_namespace', column: columns.namespace, without: noNamespace },
  { name: 'profiles_pool', column: columns.pool },
  { name: 'profiles_state', column: columns.state, without: 'Released' },
];

/**
 * Builds the statement. Its last parameters are the bounds of the slice and the limit. It names its index, so that the query plan
 * depends only on the filter and not on SQLite's estimates.
 */
function queryOf(filter: ProfileFilter): { sql: string; values: string[]; few: boolean } {
  const asked = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]) => ({ column: columnOf(columns, member), wanted: [value].flat() as string[] }));
  const index = indexes.find((candidate) =>
    asked.some(
      ({ column, wanted: [only, ...more] }) =>
        column === candidate.column && more.length === 0 && only !== undefined && only !== candidate.without,
    ),
  );
  const conditions = [
    ...asked.map(({ column, wanted }) =>
      wanted.length === 1 ? `${column} = ?` : `${column} IN (${parameters(wanted)})`,
    ),
    ...(index?.without === undefined ? [] : [`${index.column} <> '${index.without}'`]),
    'id > ? AND id <= ?',
    notInOpenBatch,
  ];
  const source = index ? `profiles INDEXED BY ${index.name}` : 'profiles NOT INDEXED';
  return {
    sql: `SELECT ${profileSelection} FROM ${source} WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`,
    values: asked.flatMap(({ wanted }) => wanted),
    few: index?.few ?? false,
  };
}
