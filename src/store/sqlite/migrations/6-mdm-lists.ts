/** Lists of activation codes for MDM systems, one per provider. Each profile has the name of its pool. */
export const mdmLists = `
  CREATE TABLE mdm_lists (
    pool       TEXT    NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    provider   TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
`;
