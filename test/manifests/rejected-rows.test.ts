import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rejectedRowsWriter } from '../../src/manifests/index.js';
import { complaints, eid, plain, read, type Read } from './support/files.js';

/** The list of rejected rows that comes of a file. */
function listOf({ understood, rejected }: Read): string {
  const writer = rejectedRowsWriter(understood!);
  const rows = rejected.map(({ line, problems, source }) =>
    writer.row({ line, problems, source: source.source }),
  );
  return writer.header + rows.join('');
}

describe('the list of rejected rows', () => {
  it('has every row as it was, with its line and the reason before it', async () => {
    const list = listOf(await read(`eid;label\n${eid(1)};ok\n123;"a; b"\n`));
    expect(list).toMatch(/^line;reason;eid;label\n3;"column 1, eid '123': has 3 digits, .*";123;"a; b"\n$/);
  });

  it.each([
    ['CSV', `eid,label\n${eid(1)},ok\n123,"a ""b"", c"\n${eid(1)},again\n`],
    ['CSV with other delimiters', `label;eid\n"x;y";123\nz;456\n`],
    ['NDJSON', `{"eid":"123","label":"a"}\n{"eid":"456","other":1}\n`],
  ])(
    'of %s is rejected for the same reasons when it is imported as it is, and stays the same',
    async (_, file) => {
      const first = await read(file);
      const second = await read(listOf(first));
      expect(second.rows.length + second.rejected.length).toBe(first.rejected.length);
      const third = await read(listOf(second));
      expect(third.rejected.map(({ source }) => source.values)).toEqual(
        second.rejected.map(({ source }) => source.values),
      );
    },
  );

  it('can be imported once it is corrected', async () => {
    const list = listOf(await read(`eid,label\n123,"a, ""b"""\n${eid(1)},ok\n`));
    const { rows, rejected } = await read(list.replace(',123,', `,${eid(2)},`));
    expect(complaints(rejected)).toEqual([]);
    expect(plain(rows)).toEqual([{ line: 2, eid: eid(2), matchingId: '', label: 'a, "b"' }]);
  });

  it('of NDJSON keeps lines that are none, and passes over what it says of them', async () => {
    const list = listOf(await read(`{"eid":"${eid(1)}"}\n{"eid":"${eid(2)}"\n`));
    const { rows, rejected } = await read(list.replace(`"${eid(2)}"`, `"${eid(2)}"}`));
    expect(complaints(rejected)).toEqual([]);
    expect(rows.map((row) => row.eid)).toEqual([eid(2)]);
  });

  it('keeps every cell, whatever is in it', async () => {
    const text = fc.string({ maxLength: 8 }).map((value) => value.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (labels) => {
        const cells = labels.map((label) => `1,"${label.replaceAll('"', '""')}"\n`);
        const first = await read(`eid,notes\n${cells.join('')}`);
        const second = await read(listOf(first));
        expect(second.rejected.map(({ source }) => source.source.slice(2))).toEqual(
          first.rejected.map(({ source }) => source.source),
        );
      }),
      { numRuns: 50 },
    );
  });
});
