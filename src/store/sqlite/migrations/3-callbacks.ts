/**
 * Calls to operators. `next_attempt_at` is set only on the oldest waiting call per profile and operator. When that call
 * is delivered, the next call gets its `next_attempt_at`. `leased_until` is set while a process makes the call. After
 * that time, another process may take over.
 */
export const callbacks = `
  CREATE TABLE callbacks (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id      INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    operator        TEXT    NOT NULL,
    iccid           TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    queued_at       INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    leased_until    INTEGER,
    last_error      TEXT,
    delivered_at    INTEGER
  ) STRICT;

  CREATE INDEX callbacks_profile ON callbacks (profile_id);
  CREATE INDEX callbacks_due ON callbacks (operator, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX callbacks_waiting ON callbacks (profile_id, operator, id) WHERE delivered_at IS NULL;
  CREATE INDEX callbacks_delivered ON callbacks (delivered_at) WHERE delivered_at IS NOT NULL;
`;
