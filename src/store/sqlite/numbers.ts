import type { Store } from '../store.js';
import type { Connection } from './connection.js';

const next = `
  INSERT INTO numbers VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value`;

export const numbers = (connection: Connection): Pick<Store, 'nextNumber'> => ({
  nextNumber: (name) =>
    connection.attempt(() => connection.prepare<{ value: number }>(next).get(name)?.value ?? NaN),
});
