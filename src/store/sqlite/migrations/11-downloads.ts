/**
 * For orders that many eUICCs may use: adds a table with the download of each eUICC. Also adds `order_version`. Downloads do not change it,
 * but they increment `version`. The migration takes each eUICC's last delivery from the history. The order itself shows the last delivery
 * to any eUICC.
 */
export const downloads = `
  ALTER TABLE profiles ADD COLUMN order_version INTEGER NOT NULL DEFAULT 1;

  CREATE TABLE downloads (
    profile_id           INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    eid                  TEXT    NOT NULL,
    version              INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    state                TEXT    NOT NULL,
    error_status         TEXT,
    bound_transaction_id BLOB,
    installed_state      TEXT,
    installed_seq_number INTEGER,
    PRIMARY KEY (profile_id, eid)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO downloads
  SELECT d.profile_id, d.eid, 1, ifnull(d.installed_at, p.updated_at),
    CASE
      WHEN d.delivery IS p.bound_transaction_id THEN p.state
      WHEN d.installed_at IS NULL THEN 'Downloaded'
      ELSE 'Installed'
    END,
    CASE WHEN d.delivery IS p.bound_transaction_id THEN p.error_status END,
    d.delivery,
    CASE WHEN d.delivery IS p.bound_transaction_id THEN p.installed_state END,
    CASE WHEN d.delivery IS p.bound_transaction_id THEN p.installed_seq_number END
  FROM (
    SELECT b.profile_id, b.eid, b.installed_at, (
      SELECT unhex(h.transaction_id) FROM history AS h
      WHERE h.profile_id = b.profile_id AND h.eid = b.eid AND h.trigger_name = 'getBoundProfilePackage'
        AND h.to_state = 'Downloaded' AND h.status IS NULL
      ORDER BY h.version DESC, h.position DESC LIMIT 1
    ) AS delivery
    FROM bindings AS b
  ) AS d
  JOIN profiles AS p ON p.id = d.profile_id
  WHERE p.reuse <> 'once' AND p.eid IS NULL AND p.bound_transaction_id IS NOT NULL;
`;
