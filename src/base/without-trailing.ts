/**
 * Removes all of `characters` from the end of `text`. A regular expression such as `/0+$/` would take quadratic time on a long text,
 * because it starts a new match at each of the characters.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
