/** Operators, and the ES2+ calls by which the server recognises repeats. */
export const operatorsAndCalls = `
  CREATE TABLE operators (
    identifier TEXT    NOT NULL PRIMARY KEY,
    settings   TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE es2_calls (
    id         BLOB    NOT NULL PRIMARY KEY,
    content    BLOB    NOT NULL,
    profile_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    state      TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    at         INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX es2_calls_profile ON es2_calls (profile_id, content);
  CREATE INDEX es2_calls_at ON es2_calls (at);
`;
