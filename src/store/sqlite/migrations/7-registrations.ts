/**
 * Registrations of events at SM-DSs. `next_attempt_at` is set while the server must still call the SM-DS.
 * `leased_until` is set while a process makes the call. After that time, another process may take over.
 */
export const registrations = `
  CREATE TABLE registrations (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    version         INTEGER NOT NULL DEFAULT 1,
    smds_address    TEXT    NOT NULL,
    event_id        TEXT    NOT NULL,
    eid             TEXT    NOT NULL,
    expires_at      INTEGER,
    state           TEXT    NOT NULL,
    known_eid       TEXT,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    leased_until    INTEGER,
    last_error      TEXT
  ) STRICT;

  CREATE UNIQUE INDEX registrations_name ON registrations (smds_address, event_id);
  CREATE INDEX registrations_due ON registrations (smds_address, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX registrations_expiry ON registrations (expires_at) WHERE expires_at IS NOT NULL AND state <> 'deleting';
`;
