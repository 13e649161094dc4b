import type { Store } from '../store.js';
import { toOperator, type OperatorRow } from '../operator-row.js';
import type { Connection } from './connection.js';

const select = 'SELECT identifier, settings, updated_at AS "updatedAt" FROM operators';
const save = `
  INSERT INTO operators (identifier, settings, updated_at) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`;

type Operators = Pick<Store, 'operators' | 'operator' | 'saveOperator' | 'deleteOperator'>;

export const operators = (connection: Connection): Operators => ({
  operators: () =>
    connection.attempt(() =>
      connection.prepare<OperatorRow>(`${select} ORDER BY identifier`).all().map(toOperator),
    ),
  operator: (identifier) =>
    connection.attempt(() => {
      const row = connection.prepare<OperatorRow>(`${select} WHERE identifier = ?`).get(identifier);
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
