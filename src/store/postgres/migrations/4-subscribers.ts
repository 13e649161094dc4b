/**
 * SQL: the IMSI in a profile's personalisation data. JSON escapes the quotes inside a text, so the pattern matches only the member itself.
 */
export const imsiOfProfile = `substring(personal from '"imsi":"([0-9]+)"')`;

/** Adds an index that finds profiles by IMSI. The partial index costs nothing for profiles without personalisation data. */
export const subscribers = `
  CREATE INDEX profiles_imsi ON profiles (${imsiOfProfile}) WHERE personal IS NOT NULL;
`;
