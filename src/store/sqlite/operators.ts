import type { Operator } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';

interface Row {
  readonly identifier: string;
  /** Everything else, as JSON. */
  readonly settings: string;
  readonly updatedAt: number;
}

const select = 'SELECT identifier, settings, updated_at AS "updatedAt" FROM operators';
const save = `
  INSERT INTO operators (identifier, settings, updated_at) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`;

/** Defaults for settings that older versions did not save. */
const addedLater: Pick<Operator, 'resultData'> = { resultData: 'profileInstallationResultData' };

const toOperator = ({ identifier, settings, updatedAt }: Row): Operator => ({
  ...addedLater,
  ...(JSON.parse(settings) as Omit<Operator, 'identifier' | 'updatedAt'>),
  identifier,
  updatedAt,
});

type Operators = Pick<Store, 'operators' | 'operator' | 'saveOperator' | 'deleteOperator'>;

export const operators = (connection: Connection): Operators => ({
  operators: () =>
    connection.attempt(() => connection.prepare<Row>(`${select} ORDER BY identifier`).all().map(toOperator)),
  operator: (identifier) =>
    connection.attempt(() => {
      const row = connection.prepare<Row>(`${select} WHERE identifier = ?`).get(identifier);
      return row && toOperator(row);
    }),
  saveOperator: ({ identifier, updatedAt, ...settings }) =>
    connection.attempt(() => {
      connection.prepare(save).run(identifier, JSON.stringify(settings), updatedAt);
    }),
  deleteOperator: (identifier) =>
    connection.attempt(
      () => connection.prepare('DELETE FROM operators WHERE identifier = ?').run(identifier).changes === 1,
    ),
});
