/**
 * Adds a column that says whether a session awaits the result of its BPP. The result may arrive after the session has
 * ended.
 */
export const awaitedResults = `
  ALTER TABLE sessions ADD COLUMN result TEXT;

  UPDATE sessions SET result = 'awaited' WHERE state = 'bound';
`;
