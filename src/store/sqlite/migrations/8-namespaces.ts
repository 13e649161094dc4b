/**
 * Profiles and MDM lists belong to a namespace, or to none (''). ICCIDs and names of lists are unique per namespace.
 * MatchingIDs are unique across all namespaces, because a device does not send a namespace. The additional indexes have
 * no rows as long as no profile has a namespace.
 */
export const namespaces = `
  ALTER TABLE profiles ADD COLUMN namespace TEXT NOT NULL DEFAULT '';

  DROP INDEX profiles_iccid;
  CREATE UNIQUE INDEX profiles_iccid ON profiles (iccid, namespace, nullif(shared_iccid, 1));
  DROP INDEX profiles_available;
  CREATE INDEX profiles_available ON profiles (profile_type, operator, namespace) WHERE state = 'Available';
  CREATE INDEX profiles_namespace ON profiles (namespace) WHERE namespace <> '';
  CREATE INDEX profiles_namespace_pool ON profiles (namespace, pool) WHERE namespace <> '' AND pool IS NOT NULL;

  ALTER TABLE mdm_lists RENAME TO mdm_lists_of_all;
  CREATE TABLE mdm_lists (
    pool       TEXT    NOT NULL,
    namespace  TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    provider   TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (pool, namespace),
    UNIQUE (provider, namespace)
  ) STRICT;
  INSERT INTO mdm_lists SELECT pool, '', version, provider, created_at, updated_at FROM mdm_lists_of_all;
  DROP TABLE mdm_lists_of_all;
`;
