import type { Store } from '../store.js';
import type { Connection } from './connection.js';

const take = `
  INSERT INTO numbers VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value RETURNING value`;

export function numbers(connection: Connection): Pick<Store, 'nextNumber' | 'reserveNumbers'> {
  // Needs a transaction: without one, a statement with RETURNING does not report a write error that occurs afterwards, for example on a
  // full disk.
  const last = (name: string, count: number): number =>
    connection.transaction(() => connection.prepare<{ value: number }>(take).get(name, count)!.value);
  return {
    nextNumber: (name) => connection.attempt(() => last(name, 1)),
    reserveNumbers: (name, count) => connection.attempt(() => last(name, count) - count + 1),
  };
}
