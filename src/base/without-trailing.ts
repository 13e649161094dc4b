/**
 * Removes trailing `characters` from `text`. A regular expression such as `/0+$/` would take quadratic time, because it searches for the
 * end from each match start.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
