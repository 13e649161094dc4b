/** A time in ISO 8601. @param milliseconds since 1970 */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A time in ISO 8601; null if there is no time. */
export const timeOrNull = (milliseconds: number | null | undefined): string | null =>
  milliseconds === null || milliseconds === undefined ? null : isoTime(milliseconds);
