import type { Store } from '../store.js';
import type { Connection } from './connection.js';

/** The index on expires_at keeps those out that have been answered with a BPP and wait for a result, for weeks. */
const sessions = `
  SELECT count(*) FILTER (WHERE state = 'initiated') AS initiated, count(*) FILTER (WHERE state = 'authenticated') AS authenticated
  FROM sessions WHERE expires_at > ? AND expires_at <= ?`;
const callbacks = 'SELECT count(*) AS count FROM callbacks WHERE delivered_at IS NULL';

/** Counts what is under way; what is over costs nothing. */
export const underWayReads = (connection: Connection): Pick<Store, 'countUnderWay'> => ({
  countUnderWay: (now, until) =>
    connection.attempt(() => ({
      sessions: connection.prepare<{ initiated: number; authenticated: number }>(sessions).get(now, until)!,
      callbacks: connection.prepare<{ count: number }>(callbacks).get()!.count,
    })),
});
