/** The event records of the SM-DS role, and the role of the server in each RSP session. */
export const eventRecords = `
  CREATE TABLE event_records (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    owner              TEXT    NOT NULL,
    event_id           TEXT    NOT NULL,
    eid                TEXT    NOT NULL,
    rsp_server_address TEXT    NOT NULL,
    root_event_id      TEXT,
    registered_at      INTEGER NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX event_records_name ON event_records (owner, event_id);
  -- The index includes the EventID, so that a look-up stays fast for a test EID with 100,000 events.
  CREATE INDEX event_records_eid ON event_records (eid, event_id);
  CREATE INDEX event_records_root ON event_records (eid, root_event_id) WHERE root_event_id IS NOT NULL;

  ALTER TABLE sessions ADD COLUMN role TEXT NOT NULL DEFAULT 'smdp';
`;
