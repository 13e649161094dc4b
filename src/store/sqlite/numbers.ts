import type { Store } from '../store.js';
import type { Connection } from './connection.js';

const take = `
  INSERT INTO numbers VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value RETURNING value`;

export function numbers(connection: Connection): Pick<Store, 'nextNumber' | 'reserveNumbers'> {
  // In a transaction of its own: a statement that answers a row is not told when writing it fails afterwards, on a full disk.
  const last = (name: string, count: number): number =>
    connection.transaction(() => connection.prepare<{ value: number }>(take).get(name, count)!.value);
  return {
    nextNumber: (name) => connection.attempt(() => last(name, 1)),
    reserveNumbers: (name, count) => connection.attempt(() => last(name, count) - count + 1),
  };
}
