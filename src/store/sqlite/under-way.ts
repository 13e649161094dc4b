import type { Store } from '../store.js';
import type { Connection } from './connection.js';

/** The index on expires_at excludes sessions that wait for a result, which may take weeks. */
const sessions = `
  SELECT count(*) FILTER (WHERE state = 'initiated') AS initiated, count(*) FILTER (WHERE state = 'authenticated') AS authenticated
  FROM sessions WHERE expires_at > ? AND expires_at <= ?`;
const callbacks = 'SELECT count(*) AS count FROM callbacks WHERE delivered_at IS NULL';

/** Counts ongoing work. Finished work adds no cost. */
export const underWayReads = (connection: Connection): Pick<Store, 'countUnderWay'> => ({
  countUnderWay: (now, until) =>
    connection.attempt(() => ({
      sessions: connection.prepare<{ initiated: number; authenticated: number }>(sessions).get(now, until)!,
      callbacks: connection.prepare<{ count: number }>(callbacks).get()!.count,
    })),
});
