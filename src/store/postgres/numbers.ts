import type { Store } from '../store.js';
import type { Connection } from './connection.js';

const take = `
  INSERT INTO numbers VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = numbers.value + excluded.value RETURNING value`;

export function numbers(connection: Connection): Pick<Store, 'nextNumber' | 'reserveNumbers'> {
  const last = async (name: string, count: number): Promise<number> =>
    (await connection.first<{ value: number }>(take, [name, count]))!.value;
  return {
    nextNumber: (name) => last(name, 1),
    reserveNumbers: async (name, count) => (await last(name, count)) - count + 1,
  };
}
