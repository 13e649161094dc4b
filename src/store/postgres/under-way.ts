import type { Store } from '../store.js';
import type { Connection } from './connection.js';

/** The range of expires_at excludes sessions that wait for a result, because they expire only after weeks. */
const count = `
  SELECT
    count(*) FILTER (WHERE state = 'initiated') AS initiated,
    count(*) FILTER (WHERE state = 'authenticated') AS authenticated,
    (SELECT count(*) FROM callbacks WHERE delivered_at IS NULL) AS callbacks
  FROM sessions WHERE expires_at > $1 AND expires_at <= $2`;

interface Row {
  readonly initiated: number;
  readonly authenticated: number;
  readonly callbacks: number;
}

/** Counts ongoing work. The cost does not depend on the amount of finished work. */
export const underWayReads = (connection: Connection): Pick<Store, 'countUnderWay'> => ({
  countUnderWay: async (now, until) => {
    const { callbacks, ...sessions } = (await connection.first<Row>(count, [now, until]))!;
    return { sessions, callbacks };
  },
});
