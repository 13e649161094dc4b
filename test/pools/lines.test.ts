import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/pools/list/lines.js';
import { mostCodes } from '../../src/pools/list/index.js';

describe('the lines of a list', () => {
  it.each([
    ['', ['']],
    ['a', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\rb\r\r', ['a', 'b']],
    ['\n\na\n\r\nb', ['', '', 'a', '', 'b']],
    ['a\n\rb', ['a', '', 'b']],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual({ lines, count: lines.length });
  });

  it('are kept up to the longest list, and counted beyond it', () => {
    const { lines, count } = linesOf(`${'\n'.repeat(300_000)}x`);
    expect(count).toBe(300_001);
    // The longest list has an address, a header and its codes.
    expect(lines).toHaveLength(mostCodes + 2);
  });

  it('are kept from their beginning only where they are too long', () => {
    const { lines } = linesOf(`${'a'.repeat(500_000)}\nb`);
    expect(lines[0]!.length).toBeLessThan(100_000);
    expect(lines[1]).toBe('b');
  });
});
