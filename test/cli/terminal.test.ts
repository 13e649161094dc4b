import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/base/wrap.js';
import { shellWord, withoutQuotes } from '../../src/cli/invocation.js';
import { facts, table, terminalWidth } from '../../src/cli/output.js';

describe('a text that is wider than the terminal', () => {
  const text =
    '  download                 the eUICC has verified the certificate of the SM-DP+ and made a key';

  it.each([30, 40, 60, 80])('is broken between words at %i columns', (width) => {
    const lines = wrap(text, width, '    ').split('\n');
    expect(lines.every((line) => line.length <= width)).toBe(true);
    expect(lines.join(' ').split(/ +/)).toEqual(text.split(/ +/));
    expect(lines.slice(1).every((line) => line.startsWith('    '))).toBe(true);
  });

  it('keeps a long word whole', () => {
    expect(wrap(`see ${'x'.repeat(40)} there`, 20)).toBe(`see\n${'x'.repeat(40)}\nthere`);
  });
});

describe('a table', () => {
  const headings = ['iccid', 'state', 'matchingid', 'eid', 'label', 'pool'];
  const row = ['8900101000000000019', 'Released', 'DE301-00000-00000-00001', '8904'.repeat(8), 'demo', null];

  it.each([60, 61, 80])('fits into %i columns, with the first one whole', (width) => {
    const lines = table(headings, [row], width);
    expect(lines.every((line) => line.length <= width)).toBe(true);
    expect(lines[1]).toMatch(/^8900101000000000019 /);
    expect(lines[1]).toContain('…');
    expect(lines.join(' ')).toContain('Shortened for this terminal');
    expect(lines[0]).not.toContain('POOL');
  });

  it('leaves columns out from the right where the shortest do not fit', () => {
    const lines = table(headings, [row], 40);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(lines[0]).toMatch(/^ICCID +STATE/);
    expect(lines[0]).not.toContain('LABEL');
    expect(lines.join(' ')).toContain('Shortened for this');
  });

  it('only loses columns without values where that is enough', () => {
    const lines = table(headings, [row], 100);
    expect(lines).toHaveLength(2);
    expect(lines[1]!.split(/ {2,}/)).toEqual(row.slice(0, -1));
  });

  it('is whole where there is room, or a program reads', () => {
    for (const width of [200, terminalWidth({ columns: 20 })]) {
      const lines = table(headings, [row], width);
      expect(lines).toHaveLength(2);
      expect(lines[1]!.split(/ {2,}/)).toEqual([...row.slice(0, -1), '-']);
    }
  });

  it('of names and values breaks its values between words', () => {
    expect(facts([['name', 'one two three']], 16)).toEqual(['  name  one two', '        three']);
  });
});

describe('a word of a command', () => {
  it('is quoted in a form that sh, PowerShell and cmd.exe take', () => {
    expect(shellWord('LPA:1$localhost:8443$X')).toBe("'LPA:1$localhost:8443$X'");
    expect(shellWord('my pki')).toBe('"my pki"');
    expect(shellWord("it's")).toBe('"it\'s"');
    expect(shellWord('./certs')).toBe('./certs');
  });

  it.each(["'LPA:1$a$B'", '"LPA:1$a$B"', '‘LPA:1$a$B’', '“LPA:1$a$B”'])('loses the quotes of %s', (given) => {
    expect(withoutQuotes(given)).toBe('LPA:1$a$B');
  });

  it.each(["'label'", 'LPA:1$a$B', "'LPA:1$a$B", '{"a":"$1"}'])('stays as it is: %s', (given) => {
    expect(withoutQuotes(given)).toBe(given);
  });
});
