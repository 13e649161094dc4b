import type { Connection } from './connection.js';
import type { Queries } from './queries.js';

/** Runs reads whose duration grows with the table. */
export const patiently = <T>(connection: Connection, read: (queries: Queries) => Promise<T>): Promise<T> =>
  connection.transaction(read, { isPatient: true, isMarked: false });
