/**
 * Webhooks and the messages to them. `next_attempt_at` is set only on the oldest waiting message per webhook and subject. When that message
 * has ended, the next message gets its `next_attempt_at`. `leased_until` is set while a process delivers the message. After that time,
 * another process may take over.
 */
export const webhooks = `
  CREATE TABLE webhooks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    settings   TEXT    NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE deliveries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id      INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    subject         TEXT    NOT NULL,
    event           TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    queued_at       INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    leased_until    INTEGER,
    last_error      TEXT,
    ended_at        INTEGER
  ) STRICT;

  CREATE INDEX deliveries_webhook ON deliveries (webhook_id);
  CREATE INDEX deliveries_due ON deliveries (webhook_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX deliveries_waiting ON deliveries (webhook_id, subject, id) WHERE ended_at IS NULL;
  CREATE INDEX deliveries_ended ON deliveries (ended_at) WHERE ended_at IS NOT NULL;
`;
