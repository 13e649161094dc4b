/**
 * Whether a JSON text has at most `most` members and elements. Counts without parsing, in one pass that stops as soon
 * as there are too many. Contents of strings do not count. The text need not be valid JSON.
 */
export function hasFewValues(text: string, most: number): boolean {
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === comma || character === bracket || character === brace) {
      if (++values > most) return false;
    }
  }
  return true;
}

/** Whether objects and lists of a JSON text are nested more than `most` levels deep. The text need not be valid JSON. */
export function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === bracket || character === brace) {
      if (++depth > most) return true;
    } else if (character === closingBracket || character === closingBrace) depth--;
  }
  return false;
}

const quote = 0x22;
const comma = 0x2c;
const bracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const brace = 0x7b;
const closingBrace = 0x7d;

/** Position of the closing quote of the string that begins at `start`; the end of the text if there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash && before - 1 > start) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}
