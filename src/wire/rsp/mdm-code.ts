/**
 * Whether a MatchingID has the one form that the MDM node of Windows takes: four groups of five hex digits. SGP.22 4.1
 * allows many others, which no device that is managed this way can ask for.
 */
export const isMdmMatchingId = (text: string): boolean => /^([0-9a-fA-F]{5}-){3}[0-9a-fA-F]{5}$/.test(text);
