/**
 * Whether a MatchingID has the only form that Windows MDM accepts: four groups of five hex digits. SGP.22 4.1 allows other forms, but MDM
 * cannot give them to a Windows PC.
 */
export const isMdmMatchingId = (text: string): boolean => /^([0-9a-fA-F]{5}-){3}[0-9a-fA-F]{5}$/.test(text);
