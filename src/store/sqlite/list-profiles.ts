import { setImmediate } from 'node:timers/promises';
import { noNamespace } from '../../base/namespace.js';
import { afterCursor, checkedLimit } from '../page.js';
import type { Profile } from '../records.js';
import type { ProfileFilter } from '../store.js';
import type { Page, PageRequest } from '../page.js';
import { columnOf, filterColumns, searchedColumns } from '../columns.js';
import { slices } from '../slices.js';
import type { Connection } from './connection.js';
import { notInOpenBatch, profileSelection, toProfile, type ProfileRow } from './profile-columns.js';
import { parameters } from './table.js';

/**
 * Number of ids to scan before other work gets its turn. Scanning them takes about ten milliseconds at most, whatever
 * the filter.
 */
const sliceOfIds = 20_000;

/** Number of ids to scan at a time in a search, which compares four columns of each row. */
const sliceOfSearch = 5_000;

/** The profiles after the cursor that match the filter. @throws RangeError for a malformed cursor or limit */
export async function listProfiles(
  connection: Connection,
  filter: ProfileFilter,
  { cursor, limit, newestFirst = false }: PageRequest,
): Promise<Page<Profile>> {
  const most = checkedLimit(limit);
  const { sql, values, few } = queryOf(filter, newestFirst);
  const start = afterCursor(cursor);
  const last = connection.prepare<{ id: number | null }>('SELECT max(id) AS id FROM profiles').get()?.id ?? 0;
  const found: Profile[] = [];
  for (const [above, upTo] of slices({
    start,
    last,
    size: few ? last : filter.search === undefined ? sliceOfIds : sliceOfSearch,
    newestFirst,
  })) {
    const rows = connection.prepare<ProfileRow>(sql);
    found.push(...rows.all(...values, above, upTo, most + 1 - found.length).map(toProfile));
    if (found.length > most) return { items: found.slice(0, most), next: String(found[most - 1]?.id) };
    await setImmediate();
  }
  return { items: found };
}

const contains = `(${searchedColumns.map((column) => `instr(lower(${column}), lower(?)) > 0`).join(' OR ')})`;

interface Index {
  readonly name: string;
  readonly column: string;
  /** Value that the partial index excludes. A statement can use the index only if it excludes the value too. */
  readonly without?: string;
  /** Few profiles have the same value, so that the list can read all of them at once. */
  readonly few?: true;
}

/** Indexes that narrow a list down better than a scan by id, best first. */
const indexes: readonly Index[] = [
  { name: 'profiles_iccid', column: filterColumns.iccid, few: true },
  { name: 'profiles_matching_id', column: filterColumns.matchingId, without: '', few: true },
  { name: 'profiles_eid', column: filterColumns.eid, few: true },
  { name: 'profiles_namespace', column: filterColumns.namespace, without: noNamespace },
  { name: 'profiles_pool', column: filterColumns.pool },
  { name: 'profiles_state', column: filterColumns.state, without: 'Released' },
];

/**
 * Builds the statement. Its last parameters are the bounds of the slice and the limit. The statement names its index,
 * so that the query plan depends only on the filter and not on SQLite's estimates.
 */
function queryOf(
  { search, ...filter }: ProfileFilter,
  newestFirst: boolean,
): { sql: string; values: string[]; few: boolean } {
  const asked = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]) => ({
      column: columnOf(filterColumns, member),
      wanted: [value].flat() as string[],
    }));
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
    ...(search === undefined ? [] : [contains]),
    'id > ? AND id <= ?',
    notInOpenBatch,
  ];
  const source = index ? `profiles INDEXED BY ${index.name}` : 'profiles NOT INDEXED';
  return {
    sql: `SELECT ${profileSelection} FROM ${source} WHERE ${conditions.join(' AND ')} ORDER BY id${newestFirst ? ' DESC' : ''} LIMIT ?`,
    values: [
      ...asked.flatMap(({ wanted }) => wanted),
      ...(search === undefined ? [] : searchedColumns.map(() => search)),
    ],
    few: index?.few ?? false,
  };
}
