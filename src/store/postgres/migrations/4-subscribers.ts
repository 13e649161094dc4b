/** The IMSI in a profile's data of a subscriber. JSON escapes the quotes inside a text, so the pattern matches only the member itself. */
export const imsiOfProfile = `substring(personal from '"imsi":"([0-9]+)"')`;

/** Finds the profiles of subscribers by their IMSI. The partial index costs nothing for profiles without data of a subscriber. */
export const subscribers = `
  CREATE INDEX profiles_imsi ON profiles (${imsiOfProfile}) WHERE personal IS NOT NULL;
`;
