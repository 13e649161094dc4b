import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRecords } from '../../src/manifests/csv/records.js';
import { delimiters, type Delimiter } from '../../src/manifests/detected-format.js';
import { complaints, eid, plain, read } from './support/files.js';

const character = fc.constantFrom('a', '8', ' ', '"', ',', ';', '\t', '\n', 'ü', '€', '𝄞');
const cell = fc.string({ unit: character, maxLength: 6 });
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
  );

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function written(rows: readonly (readonly string[])[], delimiter: string, lineEnd: string): string {
  return rows.map((row) => row.map(quoted).join(delimiter) + lineEnd).join('');
}

function recordsIn(text: string, delimiter: Delimiter, size: number): string[][] {
  const reader = new CsvRecords(delimiter, 1);
  const records = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.write(text.slice(at, at + size)));
  return [...records, ...reader.end()].map(({ cells }) => [...cells]);
}

describe('the CSV reader', () => {
  it('finds in any pieces what csv-parse finds in the whole', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 20 }),
        (rows, delimiter, lineEnd, size) => {
          const text = written(rows, delimiter, lineEnd);
          const expected: string[][] = parse(text, {
            delimiter,
            relax_column_count: true,
            record_delimiter: lineEnd,
          });
          expect(recordsIn(text, delimiter, size)).toEqual(expected);
        },
      ),
    );
  });

  it('takes quotes within plain cells as they are', () => {
    expect(recordsIn('a "b" c,12"\n', ',', 3)).toEqual([['a "b" c', '12"']]);
  });
});

describe('a manifest', () => {
  const line = fc.oneof(
    fc.integer({ min: 0, max: 30 }).map((number) => `${eid(number)},label ${number}`),
    fc.constantFrom(
      '',
      ',',
      '123,x',
      `${eid(1)},"a ""b"" c"`,
      `${eid(2)},"x\ny"`,
      '8.9E+31,x',
      `"${eid(3)}",`,
      `${eid(4)},ü€𝄞`,
    ),
  );

  it('says the same however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
        fc.integer({ min: 1, max: 50 }),
        async (lines, lineEnd, encoding, size) => {
          const text = `\ufeffeid,label\n${eid(99)},first\n${lines.join('\n')}`.replaceAll('\n', lineEnd);
          const whole = await read(Buffer.from(text, encoding));
          const pieces = await read(Buffer.from(text, encoding), {}, size);
          expect(plain(pieces.rows)).toEqual(plain(whole.rows));
          expect(complaints(pieces.rejected)).toEqual(complaints(whole.rejected));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never breaks down, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (octets, hasHeader) => {
        const file = Buffer.concat([Buffer.from(hasHeader ? 'eid;label\n' : ''), octets]);
        await read(file).catch((error: unknown) => expect(error).toMatchObject({ name: 'ManifestError' }));
      }),
      { numRuns: 500 },
    );
  });
});
