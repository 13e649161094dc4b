/**
 * Builds the test for a pattern in which `*` stands for any number of characters. The test searches the parts between the `*` from left
 * to right. The leftmost match of a part is always sufficient, so the test never backtracks.
 */
export function globOf(pattern: string): (text: string) => boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
