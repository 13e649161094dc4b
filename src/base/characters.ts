/** How many Unicode characters a text has: `text.length` counts those beyond U+FFFF twice. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first `most` characters of a text, none of them halved. */
export const firstCharacters = (text: string, most: number): string =>
  Array.from(text).slice(0, most).join('');
