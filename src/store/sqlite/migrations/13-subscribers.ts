/** The IMSI in a profile's data of a subscriber. */
export const imsiOfProfile = "json_extract(CASE WHEN json_valid(personal) THEN personal END, '$.imsi')";

/** Finds the profiles of subscribers by their IMSI. The partial index costs nothing for profiles without data of a subscriber. */
export const subscribers = `
  CREATE INDEX profiles_imsi ON profiles (${imsiOfProfile}) WHERE personal IS NOT NULL;
`;
