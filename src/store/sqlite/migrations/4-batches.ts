/**
 * A batch is a set of profiles that become visible at the same moment. While the batch has a row in `open_batches`, no look-up, list or
 * count includes these profiles. Deleting that one row makes all profiles of the batch visible. `profiles.batch` has no index: the profiles
 * of a batch are found by their ids, which follow `after_id`, and an index would make an import a fifth slower.
 */
export const batches = `
  ALTER TABLE profiles ADD COLUMN imei TEXT;
  ALTER TABLE profiles ADD COLUMN batch INTEGER;

  CREATE TABLE open_batches (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    owner     TEXT    NOT NULL,
    -- Raised with every sign of life of the owner.
    beats     INTEGER NOT NULL,
    abandoned INTEGER NOT NULL,
    after_id  INTEGER NOT NULL
  ) STRICT;

  -- These counts are added to profile_counts when the batch is closed.
  CREATE TABLE batch_counts (
    batch        INTEGER NOT NULL REFERENCES open_batches ON DELETE CASCADE,
    profile_type TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (batch, profile_type, state)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX batch_counts_type ON batch_counts (profile_type);

  DROP TRIGGER profile_counts_delete;
  CREATE TRIGGER profile_counts_delete AFTER DELETE ON profiles
  WHEN old.batch IS NULL OR old.batch NOT IN (SELECT id FROM open_batches)
  BEGIN
    UPDATE profile_counts SET count = count - 1 WHERE profile_type = old.profile_type AND state = old.state;
  END;
`;
