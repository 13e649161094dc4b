import type { KeptTable } from '../reset-and-snapshots.js';
import type { Connection } from './connection.js';

const tables =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
const triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";

const tableOf: Readonly<Record<KeptTable, string>> = {
  profileTypes: 'profile_types',
  operators: 'operators',
  webhooks: 'webhooks',
};

const dataTables = (connection: Connection): readonly string[] =>
  connection
    .prepare<{ name: string }>(tables)
    .all()
    .map(({ name }) => name);

/** SQL that empties all tables except `keep`. Without foreign keys and triggers, SQLite empties a table in one step. */
export function clearing(connection: Connection, keep: readonly KeptTable[] = []): string {
  const kept = keep.map((name) => tableOf[name]);
  const emptied = dataTables(connection).filter((table) => !kept.includes(table));
  return withoutTriggers(
    connection,
    emptied.map((table) => `DELETE FROM main.${table};`),
  );
}

/** SQL that replaces all tables by the tables of the attached database `snapshot`. */
export const copying = (connection: Connection): string =>
  withoutTriggers(
    connection,
    dataTables(connection).map(
      (table) => `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM snapshot.${table};`,
    ),
  );

/** SQL that runs the statements without the triggers. A trigger would run for every added and removed row. */
function withoutTriggers(connection: Connection, statements: readonly string[]): string {
  const all = connection.prepare<{ name: string; sql: string }>(triggers).all();
  const dropped = all.map(({ name }) => `DROP TRIGGER ${name};`);
  const made = all.map(({ sql }) => `${sql};`);
  return [...dropped, ...statements, ...made].join('\n');
}
