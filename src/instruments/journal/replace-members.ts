/**
 * Replaces values of members anywhere in a JSON text, and leaves all other characters as they are. The text may be cut off or
 * malformed: it is what somebody has sent.
 *
 * @param replacement the new value, always a string; `undefined`: the value stays. Lists and objects are not asked about.
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
    const isName = text[colon] === ':' && start < text.length && !'[{'.includes(text[start]!);
    if (!isName) {
      quote = text.indexOf('"', end);
      continue;
    }
    const valueEnd = text[start] === '"' ? endOfString(text, start) : endOfWord(text, start);
    const replaced = replacement(String(parsed(text.slice(quote, end))), parsed(text.slice(start, valueEnd)));
    if (replaced !== undefined) {
      parts.push(text.slice(copied, start), JSON.stringify(replaced));
      copied = valueEnd;
    }
    quote = text.indexOf('"', valueEnd);
  }
  return parts.join('') + text.slice(copied);
}

/** Behind the closing quote, or the end of the text. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
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

/** What is no JSON stands for itself. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
