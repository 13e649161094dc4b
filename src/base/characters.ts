/** How many Unicode characters a text has: `text.length` counts those beyond U+FFFF twice. */
export const characterCount = (text: string): number => Array.from(text).length;

/** The first `most` characters of a text, none of them halved. */
export const firstCharacters = (text: string, most: number): string =>
  Array.from(text).slice(0, most).join('');
