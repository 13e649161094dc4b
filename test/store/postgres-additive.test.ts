import { describe, expect, it } from 'vitest';
import { Connection } from '../../src/store/postgres/connection.js';
import { migrate } from '../../src/store/postgres/migrate.js';
import { migrations, usableFrom } from '../../src/store/postgres/migrations/index.js';
import { placeOf } from '../../src/store/postgres/place.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';

/** What a build relies on: columns, and what restricts the rows that it writes. */
const columns = `
  SELECT table_name || '.' || column_name AS name, data_type AS type,
    is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS "isNeeded"
  FROM information_schema.columns WHERE table_schema = current_schema()`;
const restrictions = `
  SELECT conname || ' on ' || conrelid::regclass AS name, conrelid::regclass::text AS "from", confrelid::regclass::text AS "to"
  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
  UNION ALL
  SELECT indexrelid::regclass::text, indrelid::regclass::text, '-'
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indisunique AND relnamespace = current_schema()::regnamespace`;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNeeded: boolean;
}
interface Restriction {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

async function schemaAfter(address: string, steps: number) {
  const connection = Connection.open(placeOf(address));
  await migrate(connection, { steps: migrations.slice(0, steps) });
  await connection.close();
  return {
    columns: await query<Column>(address, columns),
    restrictions: await query<Restriction>(address, restrictions),
  };
}

const tableOf = ({ name }: Column): string => name.slice(0, name.indexOf('.'));

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'a migration on PostgreSQL', () => {
  it.each(migrations.slice(usableFrom).map((_, index) => usableFrom + index + 1))(
    'to version %d leaves older builds what they need, and demands nothing new of them',
    async (version) => {
      const address = await freshSchema();
      const before = await schemaAfter(address, version - 1);
      const after = await schemaAfter(address, version);
      const old = new Set(before.columns.map(tableOf));
      expect(after.columns).toEqual(expect.arrayContaining([...before.columns]));
      const known = new Set(before.columns.map(({ name }) => name));
      const added = after.columns.filter((column) => !known.has(column.name) && old.has(tableOf(column)));
      expect(added.filter(({ isNeeded }) => isNeeded)).toEqual([]);
      const names = new Set(before.restrictions.map(({ name }) => name));
      const further = after.restrictions.filter(({ name }) => !names.has(name));
      // A reference to an old table would keep an older build from emptying it.
      expect(further.filter(({ from, to }) => old.has(from) || old.has(to))).toEqual([]);
    },
  );
});
