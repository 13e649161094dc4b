/**
 * The schema has few indexes, because each index makes a bulk import up to a third slower. A partial index costs
 * nothing for the rows that it excludes.
 */
export const firstSchema = `
  CREATE TABLE profiles (
    id                              INTEGER PRIMARY KEY AUTOINCREMENT,
    version                         INTEGER NOT NULL,
    iccid                           TEXT    NOT NULL,
    shared_iccid                    INTEGER NOT NULL,
    profile_type                    TEXT    NOT NULL,
    state                           TEXT    NOT NULL,
    operator                        TEXT,
    eid                             TEXT,
    matching_id                     TEXT,
    confirmation_code_hash          BLOB,
    confirmation_code_attempts_left INTEGER NOT NULL,
    download_attempts_left          INTEGER,
    valid_until                     INTEGER,
    smds_address                    TEXT,
    reuse                           TEXT    NOT NULL,
    label                           TEXT,
    pool                            TEXT,
    metadata                        TEXT,
    personal                        TEXT,
    error_status                    TEXT,
    installed_state                 TEXT,
    installed_seq_number            INTEGER,
    bound_transaction_id            BLOB,
    created_at                      INTEGER NOT NULL,
    updated_at                      INTEGER NOT NULL
  ) STRICT;

  -- To a unique index, all NULLs are different. So this index allows equal ICCIDs if they are shared, and still finds them.
  CREATE UNIQUE INDEX profiles_iccid ON profiles (iccid, nullif(shared_iccid, 1));
  CREATE UNIQUE INDEX profiles_matching_id ON profiles (matching_id) WHERE matching_id <> '';
  -- The index includes the MatchingID, so that a look-up stays fast for a test EID with 100,000 orders.
  CREATE INDEX profiles_eid ON profiles (eid, matching_id) WHERE eid IS NOT NULL;
  CREATE INDEX profiles_available ON profiles (profile_type, operator) WHERE state = 'Available';
  CREATE INDEX profiles_pool ON profiles (pool) WHERE pool IS NOT NULL;
  -- Preloaded profiles are Released. The index leaves them out to keep imports fast.
  CREATE INDEX profiles_state ON profiles (state) WHERE state <> 'Released';

  -- Numbers of profiles, because metrics must not count a million rows. A trigger for INSERT would make an import a
  -- quarter slower. The code that creates profiles therefore updates the counts itself, once per transaction.
  CREATE TABLE profile_counts (
    profile_type TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (profile_type, state)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER profile_counts_update AFTER UPDATE OF state, profile_type ON profiles
  WHEN old.state <> new.state OR old.profile_type <> new.profile_type
  BEGIN
    UPDATE profile_counts SET count = count - 1 WHERE profile_type = old.profile_type AND state = old.state;
    INSERT INTO profile_counts VALUES (new.profile_type, new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
  END;

  CREATE TRIGGER profile_counts_delete AFTER DELETE ON profiles
  BEGIN
    UPDATE profile_counts SET count = count - 1 WHERE profile_type = old.profile_type AND state = old.state;
  END;

  -- All entries of one change have the version that the change gave to the profile.
  CREATE TABLE history (
    profile_id               INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    version                  INTEGER NOT NULL,
    position                 INTEGER NOT NULL,
    at                       INTEGER NOT NULL,
    trigger_name             TEXT    NOT NULL,
    from_state               TEXT    NOT NULL,
    to_state                 TEXT    NOT NULL,
    status                   TEXT,
    cause                    TEXT,
    eid                      TEXT,
    transaction_id           TEXT,
    function_call_identifier TEXT,
    PRIMARY KEY (profile_id, version, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (
    transaction_id     BLOB    NOT NULL PRIMARY KEY,
    state              TEXT    NOT NULL,
    created_at         INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    server_address     TEXT    NOT NULL,
    server_challenge   BLOB    NOT NULL,
    euicc_ci_key_id    BLOB    NOT NULL,
    server_ci_key_id   BLOB    NOT NULL,
    eid                TEXT,
    euicc_public_point BLOB,
    profile_id         INTEGER REFERENCES profiles ON DELETE CASCADE,
    cc_required        INTEGER NOT NULL,
    smdp_signature2    BLOB,
    profile_metadata   BLOB
  ) STRICT;

  CREATE INDEX sessions_profile ON sessions (profile_id) WHERE profile_id IS NOT NULL;
  CREATE INDEX sessions_expiry ON sessions (expires_at);

  CREATE TABLE bindings (
    profile_id   INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    eid          TEXT    NOT NULL,
    euicc_otpk   BLOB    NOT NULL,
    smdp_otsk    BLOB,
    installed_at INTEGER,
    PRIMARY KEY (profile_id, eid)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notifications (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    verified    INTEGER NOT NULL,
    octets      BLOB    NOT NULL,
    eid         TEXT,
    iccid       TEXT,
    seq_number  INTEGER,
    operation   TEXT,
    profile_id  INTEGER REFERENCES profiles ON DELETE CASCADE,
    event_key   TEXT,
    outcome     TEXT    NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX notifications_key ON notifications (event_key) WHERE event_key IS NOT NULL;
  CREATE INDEX notifications_profile ON notifications (profile_id) WHERE profile_id IS NOT NULL;
  CREATE INDEX notifications_unverified ON notifications (verified) WHERE verified = 0;

  CREATE TABLE profile_types (
    name       TEXT    NOT NULL PRIMARY KEY,
    definition TEXT    NOT NULL,
    upp        BLOB,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE numbers (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
