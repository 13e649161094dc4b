/**
 * Adds an index for the limits on notifications that changed nothing. Expires all sessions whose result has arrived, because earlier
 * versions kept them for a month.
 */
export const bounds = `
  DROP INDEX notifications_unverified;
  CREATE INDEX notifications_idle ON notifications (event_key, verified, id, length(octets)) WHERE event_key IS NULL;
  CREATE INDEX notifications_events ON notifications (profile_id) WHERE event_key IS NOT NULL;
  UPDATE sessions SET expires_at = 0 WHERE state = 'reported';
`;
