import type { Keepable } from '../put-back.js';
import type { Connection } from './connection.js';

const tables =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";

const tableOf: Readonly<Record<Keepable, string>> = {
  profileTypes: 'profile_types',
  operators: 'operators',
};

/** All tables with data; one that refers to another was made after it, and comes after it. */
export const dataTables = (connection: Connection): readonly string[] =>
  connection
    .prepare<{ name: string }>(tables)
    .all()
    .map(({ name }) => name);

/** Empties all tables but some. To be called in a transaction. */
export function clear(connection: Connection, keep: readonly Keepable[] = []): void {
  const kept = keep.map((name) => tableOf[name]);
  for (const table of dataTables(connection).toReversed())
    if (!kept.includes(table)) connection.prepare(`DELETE FROM ${table}`).run();
}
