/** The number of Unicode characters of a text. `text.length` counts those above U+FFFF twice. */
export const characterCount = (text: string): number => Array.from(text).length;

/** The first `most` characters of a text. It splits no surrogate pair. */
export const firstCharacters = (text: string, most: number): string =>
  Array.from(text).slice(0, most).join('');
