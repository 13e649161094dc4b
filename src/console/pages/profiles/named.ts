/** Converts the name of a profile in a link to its name in the API. A link has the profile's number, or its ICCID (at least 18 digits). */
export const nameInApi = (named: string): string =>
  /^\d{1,15}$/.test(named) ? `id:${named}` : encodeURIComponent(named);
