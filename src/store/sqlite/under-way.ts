import type { Store } from '../store.js';
import type { Connection } from './connection.js';

/** The range of expires_at excludes sessions that wait for a result, because they expire only after weeks. */
const sessions = `
  SELECT count(*) FILTER (WHERE state = 'initiated') AS initiated, count(*) FILTER (WHERE state = 'authenticated') AS authenticated
  FROM sessions WHERE expires_at > ? AND expires_at <= ?`;
const callbacks = 'SELECT count(*) AS count FROM callbacks WHERE delivered_at IS NULL';

/** Counts ongoing work. The number of finished sessions and calls does not affect the cost. */
export const underWayReads = (connection: Connection): Pick<Store, 'countUnderWay'> => ({
  countUnderWay: (now, until) =>
    connection.attempt(() => ({
      sessions: connection.prepare<{ initiated: number; authenticated: number }>(sessions).get(now, until)!,
      callbacks: connection.prepare<{ count: number }>(callbacks).get()!.count,
    })),
});
