/**
 * Lets each insert look up how much is kept of the notifications that changed nothing, and ends at once the sessions that have
 * their result: servers before this one kept those for a month.
 */
export const bounds = `
  DROP INDEX notifications_unverified;
  CREATE INDEX notifications_idle ON notifications (event_key, verified, id, length(octets)) WHERE event_key IS NULL;
  CREATE INDEX notifications_events ON notifications (profile_id) WHERE event_key IS NOT NULL;
  UPDATE sessions SET expires_at = 0 WHERE state = 'reported';
`;
