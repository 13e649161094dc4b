/**
 * Replaces values of members anywhere in a JSON text, and keeps all other characters. The text comes from a client, so
 * it may be truncated or malformed.
 *
 * @param replacement returns a string to replace the value with, or `undefined` to keep the value. Its argument is a
 * scalar value, or `undefined` in place of a list or an object. After `replacement` has kept a list or an object, it is
 * also called for each member.
 */
export function replaceMembers(
  text: string,
  replacement: (name: string, value: unknown) => string | undefined,
): string {
  const parts: string[] = [];
  let copied = 0;
  for (let quote = text.indexOf('"'); quote !== -1;) {
    const end = endOfString(text, quote);
    const colon = afterBlanks(text, end);
    const start = afterBlanks(text, colon + 1);
    if (text[colon] !== ':' || start >= text.length) {
      quote = text.indexOf('"', end);
      continue;
    }
    const isNested = '[{'.includes(text[start]!);
    const scalarEnd = isNested ? start : endOfScalar(text, start);
    const replaced = replacement(
      String(parsed(text.slice(quote, end))),
      isNested ? undefined : parsed(text.slice(start, scalarEnd)),
    );
    if (replaced !== undefined) {
      parts.push(text.slice(copied, start), JSON.stringify(replaced));
      copied = isNested ? endOfNested(text, start) : scalarEnd;
    }
    quote = text.indexOf('"', Math.max(copied, scalarEnd));
  }
  return parts.join('') + text.slice(copied);
}

/** Index after the closing quote, or the end of the text. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

const endOfScalar = (text: string, start: number): number =>
  text[start] === '"' ? endOfString(text, start) : endOfWord(text, start);

/** Index after the bracket that matches the bracket at `start`, or the end of the text. */
function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at]!;
    if ('[{'.includes(character)) depth++;
    if (']}'.includes(character)) depth--;
    at = character === '"' ? endOfString(text, at) : at + 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',}] \t\r\n"'.includes(text[at]!)) at++;
  return at;
}

function afterBlanks(text: string, at: number): number {
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}

/** The parsed value, or the text itself if it is not JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
