/**
 * Wraps a text into lines of at most `width` characters. A word that is longer than `width` gets a line of its own, so that people can
 * copy it in one piece.
 *
 * @param indent prefix of every line except the first
 */
export function wrap(text: string, width: number, indent = ''): string {
  if (text.length <= width) return text;
  const lines: string[] = [];
  const begin = /^ */.exec(text)![0];
  let line = '';
  for (const word of text.slice(begin.length).split(' ')) {
    const margin = lines.length === 0 ? begin : indent;
    const longer = line === '' ? margin + word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line.trimEnd());
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
