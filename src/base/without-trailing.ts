/**
 * `text` without the characters of `characters` at its end. A regular expression such as `/0+$/` looks for the end from each of
 * them anew, and takes time that grows with the square of their number.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
