import type { Operator } from '../records.js';
import type { Store } from '../store.js';
import { toOperator, type OperatorRow } from '../operator-row.js';
import type { Connection } from './connection.js';

const select = 'SELECT identifier, settings, updated_at AS "updatedAt" FROM operators';
const save = `
  INSERT INTO operators (identifier, settings, updated_at) VALUES ($1, $2, $3)
  ON CONFLICT (identifier) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`;

type Operators = Pick<Store, 'operators' | 'operator' | 'saveOperator' | 'deleteOperator'>;

export const operators = (connection: Connection): Operators => ({
  operators: async (): Promise<readonly Operator[]> =>
    (await connection.all<OperatorRow>(`${select} ORDER BY identifier`)).map(toOperator),
  operator: async (identifier) => {
    const row = await connection.first<OperatorRow>(`${select} WHERE identifier = $1`, [identifier]);
    return row && toOperator(row);
  },
  saveOperator: async ({ identifier, updatedAt, ...settings }) => {
    await connection.run(save, [identifier, JSON.stringify(settings), updatedAt]);
  },
  deleteOperator: async (identifier) =>
    (await connection.change('DELETE FROM operators WHERE identifier = $1', [identifier])) === 1,
});
