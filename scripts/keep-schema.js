// Writes the schema of each schema version, with a row in each table, to test/store/released/<version>.sql. Run it before a release.
// Tests check that the present program opens each of these files. Files that exist stay as they are.
import { existsSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from '../dist/store/sqlite/migrate.js';
import { migrations } from '../dist/store/sqlite/migrations/index.js';

const tables = (db) =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all();

/** An INSERT of one row, with a value of the right type in each column that needs a value. */
function insertion(db, table) {
  const columns = db
    .pragma(`table_info(${table})`)
    .filter((column) => column.notnull && column.dflt_value === null);
  const value = ({ type }) => ({ TEXT: `'released'`, INTEGER: '1', REAL: '1.0', BLOB: `x'01'` })[type];
  return `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(value).join(', ')});`;
}

for (const version of migrations.map((_, index) => index + 1)) {
  const file = `test/store/released/${version}.sql`;
  if (existsSync(file)) continue;
  const db = new Database(':memory:');
  migrate(db, file, migrations.slice(0, version));
  const schema = db
    .prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'index', rowid",
    )
    .pluck()
    .all();
  const rows = tables(db).map((table) => insertion(db, table));
  const pragmas = ['application_id', 'user_version'].map(
    (name) => `PRAGMA ${name} = ${db.pragma(name, { simple: true })};`,
  );
  db.pragma('foreign_keys = OFF');
  db.exec(rows.join('\n'));
  writeFileSync(file, [...schema.map((sql) => `${sql};`), ...rows, ...pragmas, ''].join('\n'));
  console.log(file);
}
