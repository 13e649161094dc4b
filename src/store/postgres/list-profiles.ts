import { noNamespace } from '../../base/namespace.js';
import { afterCursor, checkedLimit, type Page, type PageRequest } from '../page.js';
import type { Profile } from '../records.js';
import type { ProfileFilter } from '../store.js';
import { columnOf, filterColumns, searchedColumns } from '../columns.js';
import { slices } from '../slices.js';
import type { Connection } from './connection.js';
import { settledId } from './creations.js';
import { notInOpenBatch, profileSelection } from './profile-columns.js';

/** Number of ids to scan per statement. Such a scan takes up to about ten milliseconds with any filter. */
const sliceOfIds = 20_000;

/** The profiles after the cursor that match the filter. @throws RangeError for a malformed cursor or limit */
export async function listProfiles(
  connection: Connection,
  filter: ProfileFilter,
  { cursor, limit, newestFirst = false }: PageRequest,
): Promise<Page<Profile>> {
  const most = checkedLimit(limit);
  const start = afterCursor(cursor);
  const { sql, values, isIndexed } = queryOf(filter, newestFirst);
  const last = await settledId(connection);
  const found: Profile[] = [];
  for (const range of slices({ start, last, size: isIndexed ? last : sliceOfIds, newestFirst })) {
    found.push(...(await connection.all<Profile>(sql, [...range, most + 1 - found.length, ...values])));
    if (found.length > most) return { items: found.slice(0, most), next: String(found[most - 1]?.id) };
  }
  return { items: found };
}

/** SQL condition: a column contains the text in the placeholder. The collation "C" makes `lower` change ASCII letters only. */
const contains = (place: string): string =>
  `(${searchedColumns.map((column) => `strpos(lower(${column}), lower(${place}::text COLLATE "C")) > 0`).join(' OR ')})`;

interface Index {
  readonly column: string;
  /** Value that the partial index excludes. PostgreSQL uses the index only for statements that exclude this value too. */
  readonly without?: string;
  /** Few profiles share a value, so all of them can be read at once. */
  readonly few?: true;
}

/** Columns whose index is more selective than a scan by id, the best first. */
const indexes: readonly Index[] = [
  { column: filterColumns.iccid, few: true },
  { column: filterColumns.matchingId, without: '', few: true },
  { column: filterColumns.eid, few: true },
  { column: filterColumns.namespace, without: noNamespace },
  { column: filterColumns.pool },
  { column: filterColumns.state, without: 'Released' },
];

/**
 * Builds the statement. Its first three parameters are the bounds of the ids and the limit. If few profiles share a value, the statement
 * reads these profiles first and then sorts them, so that PostgreSQL cannot choose to scan all profiles in the order of ids.
 */
function queryOf(
  { search, ...filter }: ProfileFilter,
  newestFirst: boolean,
): { sql: string; values: unknown[]; isIndexed: boolean } {
  const asked = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([member, value], at) => ({
      column: columnOf(filterColumns, member),
      wanted: [value].flat() as string[],
      place: `$${at + 4}`,
    }));
  const index = indexes.find((candidate) =>
    asked.some(
      ({ column, wanted: [only, ...more] }) =>
        column === candidate.column && more.length === 0 && only !== undefined && only !== candidate.without,
    ),
  );
  const conditions = [
    ...asked.map(({ column, wanted, place }) =>
      wanted.length === 1 ? `${column} = ${place}` : `${column} = ANY (${place}::text[])`,
    ),
    ...(index?.without === undefined ? [] : [`${index.column} <> '${index.without}'`]),
    ...(search === undefined ? [] : [contains(`$${asked.length + 4}`)]),
    notInOpenBatch,
  ].join(' AND ');
  const range = 'id > $1 AND id <= $2';
  const sql =
    index?.few === true
      ? `WITH few AS MATERIALIZED (SELECT * FROM profiles WHERE ${conditions}) SELECT ${profileSelection} FROM few WHERE ${range}`
      : `SELECT ${profileSelection} FROM profiles WHERE ${range} AND ${conditions}`;
  return {
    sql: `${sql} ORDER BY id${newestFirst ? ' DESC' : ''} LIMIT $3`,
    values: [
      ...asked.map(({ wanted }) => (wanted.length === 1 ? wanted[0] : wanted)),
      ...(search === undefined ? [] : [search]),
    ],
    isIndexed: index !== undefined,
  };
}
