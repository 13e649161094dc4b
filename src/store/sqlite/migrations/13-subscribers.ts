/** SQL: the IMSI in a profile's personalisation data. */
export const imsiOfProfile = "json_extract(CASE WHEN json_valid(personal) THEN personal END, '$.imsi')";

/** Adds an index that finds profiles by IMSI. The partial index costs nothing for profiles without personalisation data. */
export const subscribers = `
  CREATE INDEX profiles_imsi ON profiles (${imsiOfProfile}) WHERE personal IS NOT NULL;
`;
