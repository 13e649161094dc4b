/** How the API names a profile that a link names by its number, or by its ICCID, which has at least 18 digits. */
export const nameInApi = (named: string): string =>
  /^\d{1,15}$/.test(named) ? `id:${named}` : encodeURIComponent(named);
