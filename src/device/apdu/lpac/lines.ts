/** A program has written a line that is longer than any message. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Longest line, in characters. A bound profile package in hex is far shorter. */
const longest = 32 * 1024 * 1024;

/**
 * Yields the lines of a stream. The last line need not end with a line break.
 *
 * @throws LineTooLong
 */
export async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const lines = String(chunk).split('\n');
    for (const [index, text] of lines.entries()) {
      parts.push(text);
      length += text.length;
      if (length > longest)
        throw new LineTooLong(`a line has more than ${longest / 1024 / 1024} Mi characters`);
      if (index === lines.length - 1) break;
      yield parts.join('').replace(/\r$/, '');
      parts = [];
      length = 0;
    }
  }
  if (length > 0) yield parts.join('');
}
