import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { dialectOf, hasFirstLine } from '../../src/manifests/csv/dialect.js';
import { quotedRecord } from '../../src/manifests/csv/quoted-record.js';
import { ManifestError } from '../../src/manifests/errors.js';
import { readManifest, type ManifestPart } from '../../src/manifests/index.js';
import { CodeListError, readCodeList } from '../../src/pools/list/index.js';

async function partsOf(text: string): Promise<ManifestPart[]> {
  const parts: ManifestPart[] = [];
  for await (const part of readManifest(Readable.from([Buffer.from(text)]))) parts.push(part);
  return parts;
}

const rejectedOf = async (text: string) =>
  (await partsOf(text)).flatMap((part) => (part.kind === 'rows' ? part.rejected : []));

const problemOf = async (text: string): Promise<string> => {
  try {
    const [first] = await rejectedOf(text);
    return first?.problems.map(({ message }) => message).join() ?? 'none';
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problem;
  }
};

/** Text that used to take seconds, or minutes, because each of its characters was a new place to begin at. */
describe('text that is made to take long', () => {
  it.each([
    ['characters without a line end', 'A'.repeat(65_000), /not the header of a manifest/],
    ['blanks without a line end', ` ${'\u00a0'.repeat(60_000)}`, /no rows/],
    ['empty lines', '\n'.repeat(60_000) + 'x', /not the header/],
    ['a digit and quotes', `eid\n8${"'".repeat(60_000)}x\n`, /is not an EID/],
    ['quotes', `eid\n8${'"'.repeat(60_000)}\n`, /is not an EID|has 1 digits/],
    ['a quote that is never closed', `eid\n"${'8,'.repeat(30_000)}`, /never closed/],
    ['cells behind a quote', `eid\n"8"${',x'.repeat(30_000)}\n`, /the row has 2 columns/],
    ['delimiters', `eid\n${','.repeat(60_000)}x\n`, /the row has 60001 columns/],
    ['many columns', `eid${',x'.repeat(30_000)}\n8\n`, /has 1 digits/],
    ['nested lists', `{"eid":${'['.repeat(30_000)}${']'.repeat(30_000)}}\n`, /is not a string/],
    ['an object that cannot be made a text', `{"eid":{"toString":1}}\n`, /is not a string/],
    ['a long number', `{"eid":${'8'.repeat(60_000)}}\n`, /is not a string/],
    [
      'many members',
      `{"eid":"8"${Array.from({ length: 4000 }, (_, at) => `,"member${at}":1`).join('')}}\n`,
      /has 1 digits/,
    ],
  ])('is refused: %s', async (_, text, expected) => {
    expect(await problemOf(text)).toMatch(expected);
  });

  it('is refused as a list of codes', () => {
    const list = (text: string) => () => readCodeList(Buffer.from(text), 'localhost');
    expect(list(`${'\n'.repeat(300_000)}x`)).toThrow(CodeListError);
    expect(list(`localhost\n${'\r\n'.repeat(300_000)}x`)).toThrow(CodeListError);
    expect(list(`${':1'.repeat(300_000)}x`)).toThrow(CodeListError);
    expect(list(`localhost\n${'8'.repeat(900_000)}x`)).toThrow(CodeListError);
    expect(list(`localhost\n${',x'.repeat(400_000)}`)).toThrow(CodeListError);
  });
});

it.each([
  ['', false],
  ['a', false],
  ['\n\n', false],
  ['\na', false],
  ['a\n', true],
  ['a\r', false],
  ['a\r\n', true],
  ['a\rb', true],
  ['  a \n', true],
  ['sep=;\n', false],
  ['sep=;\na\n', true],
])('the beginning %j is enough to tell how rows are written: %j', (start, expected) => {
  expect(hasFirstLine(start)).toBe(expected);
});

it('counts the headings of subscribers when it looks for the delimiter', () => {
  expect(dialectOf('imsi;k;opc;note, remark, owner, site, floor\n').delimiter).toBe(';');
});

it('finds the end of a cell behind a quote without looking any further than its line', () => {
  const text = `"a",b\n${'c'.repeat(10)},`;
  expect(quotedRecord(text, 0, ';')).toMatchObject({ end: 5 });
  expect(quotedRecord(text, 0, ',')).toEqual({ cells: ['a', 'b'], end: 5 });
  expect(quotedRecord('"a",b', 0, ',')).toEqual({ openColumn: undefined });
  expect(dialectOf(text).delimiter).toBe(',');
});
