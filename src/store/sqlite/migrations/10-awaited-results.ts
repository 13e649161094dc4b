/** Whether a session that has delivered a BPP still waits for its result, which may come after the session has ended. */
export const awaitedResults = `
  ALTER TABLE sessions ADD COLUMN result TEXT;

  UPDATE sessions SET result = 'awaited' WHERE state = 'bound';
`;
