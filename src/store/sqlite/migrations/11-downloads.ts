/**
 * What each eUICC has of an order that many may use, and a version of the order that their downloads leave as it is: `version`
 * counts every change.
 */
export const downloads = `
  ALTER TABLE profiles ADD COLUMN order_version INTEGER NOT NULL DEFAULT 1;

  CREATE TABLE downloads (
    profile_id           INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    eid                  TEXT    NOT NULL,
    version              INTEGER NOT NULL,
    state                TEXT    NOT NULL,
    error_status         TEXT,
    bound_transaction_id BLOB,
    installed_state      TEXT,
    installed_seq_number INTEGER,
    PRIMARY KEY (profile_id, eid)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO downloads
  SELECT b.profile_id, b.eid, 1, CASE WHEN b.installed_at IS NULL THEN 'Downloaded' ELSE 'Installed' END, NULL, NULL, NULL, NULL
  FROM bindings AS b JOIN profiles AS p ON p.id = b.profile_id WHERE p.reuse <> 'once' AND p.eid IS NULL;
`;
