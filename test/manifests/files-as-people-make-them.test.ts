import { describe, expect, it } from 'vitest';
import { complaints, eid, plain, read } from './support/files.js';

const [a, b, c, d] = [eid(1), eid(2), eid(3), eid(4)];
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

const understoodAlike: readonly [name: string, file: string | Buffer][] = [
  ['with LF', `eid,label\n${a},one\n${b},two\n`],
  ['with CR LF', `eid,label\r\n${a},one\r\n${b},two\r\n`],
  ['with CR alone', `eid,label\r${a},one\r${b},two\r`],
  ['without a last line end', `eid,label\n${a},one\n${b},two`],
  ['with a byte order mark', `\ufeffeid,label\n${a},one\n${b},two\n`],
  ['separated by semicolons', `eid;label\n${a};one\n${b};two\n`],
  ['separated by tabs', `eid\tlabel\n${a}\tone\n${b}\ttwo\n`],
  ['in UTF-16 little endian', utf16(`\ufeffeid\tlabel\r\n${a}\tone\r\n${b}\ttwo\r\n`)],
  ['in UTF-16 big endian', utf16(`\ufeffeid\tlabel\r\n${a}\tone\r\n${b}\ttwo\r\n`).swap16()],
  ['in UTF-16 without a mark', utf16(`eid\tlabel\r\n${a}\tone\r\n${b}\ttwo\r\n`)],
  ['in UTF-16 big endian without a mark', utf16(`eid,label\n${a},one\n${b},two\n`).swap16()],
  ['with every cell in quotes', `"eid","label"\n"${a}","one"\n"${b}","two"\n`],
  ['with blanks around quotes', `"eid" , "label"\n"${a}" , "one" \n "${b}","two"\n`],
  ['in another order of columns', `label,eid\none,${a}\ntwo,${b}\n`],
  ['with headings in other words', `Label,EID-Number\none,${a}\ntwo,${b}\n`],
  ['with headings in capitals', `EID,LABEL\n${a},one\n${b},two\n`],
  ['with the line that tells Excel the delimiter', `sep=;\r\neid;label\r\n${a};one\r\n${b};two\r\n`],
  ['with empty lines', `\n\neid,label\n\n${a},one\n\n\n${b},two\n\n`],
  ['with lines of delimiters', `eid,label\n,\n${a},one\n , \n${b},two\n,\n`],
  ['with an empty column at the end', `eid,label,\n${a},one,\n${b},two,,,\n`],
  ['with blanks in the EIDs', `eid,label\n${a.replace(/(.{4})/g, '$1 ')},one\n ${b}\u00a0,two\n`],
  ['with dashes in the EIDs', `eid,label\n${a.replace(/(.{8})(?=.)/g, '$1-')},one\n${b},two\n`],
  ['with the apostrophe of text', `eid,label\n'${a},one\n\u2019${b},two\n`],
  ['with the formula of text', `eid,label\n="${a}",one\n"=""${b}""",two\n`],
  ['with marks that nobody sees', `eid,label\n\u200b${a}\u200e,one\n\u202a${b}\u202c,two\n`],
  ['in NDJSON', `{"eid":"${a}","label":"one"}\n{"eid":"${b}","label":"two"}\n`],
  [
    'in NDJSON with CR LF, null and other names',
    `{"EID":"${a}","Label":"one"}\r\n\r\n{"eid":"${b}","label":"two","pool":null}`,
  ],
];

describe('a manifest', () => {
  it.each(understoodAlike)('%s is understood', async (_, file) => {
    const { rows, rejected } = await read(file);
    expect(complaints(rejected)).toEqual([]);
    expect(rows.map((row) => [row.eid, row.label])).toEqual([
      [a, 'one'],
      [b, 'two'],
    ]);
  });

  it.each([`${a}\n${b}\n`, `\r\n${a}\r\n${b}`, `"${a}"\n'${b}\n`])(
    'may be a bare list of EIDs',
    async (file) => {
      const { understood, rows } = await read(file);
      expect(rows.map((row) => row.eid)).toEqual([a, b]);
      expect(understood).toMatchObject({ hasHeader: false, columns: [{ number: 1, field: 'eid' }] });
    },
  );

  it('may say more of a profile', async () => {
    const { rows, rejected } = await read(
      'EID;IMEI;ICCID;Matching ID;Profile type;Confirmation code;Label;Pool\r\n' +
        `${a};49-015420-323751-8;8900 1010 0000 0999 038F;LAPTOP-1;Test;0012;"Jürgen; Büro";north\r\n${b};;;;;;;\r\n`,
    );
    expect(complaints(rejected)).toEqual([]);
    expect(plain(rows)).toEqual([
      {
        line: 2,
        eid: a,
        imei: '490154203237518',
        iccid: '8900101000000999038',
        matchingId: 'LAPTOP-1',
        profileType: 'Test',
        confirmationCode: '0012',
        label: 'Jürgen; Büro',
        pool: 'north',
      },
      { line: 3, eid: b, matchingId: '' },
    ]);
  });

  it('is told how it was understood', async () => {
    const { understood } = await read(`Ort;EID;IMEI2;Label\nx;${a};y;z\n`);
    expect(understood).toEqual({
      format: 'csv',
      encoding: 'UTF-8',
      delimiter: ';',
      hasHeader: true,
      columns: [
        { number: 2, heading: 'EID', field: 'eid' },
        { number: 4, heading: 'Label', field: 'label' },
      ],
      headings: ['Ort', 'EID', 'IMEI2', 'Label'],
      ignored: ['Ort', 'IMEI2'],
    });
  });

  it('has lines that are counted right behind line ends in quotes', async () => {
    const { rejected } = await read(`eid,notes\n${a},"x\ny\r\nz"\n123,\n"${b}","\n"\n456,\n`);
    expect(rejected.map(({ line }) => line)).toEqual([5, 8]);
  });
});

const rejectedRows: readonly [name: string, file: string, complaint: string][] = [
  ['an EID too short', `eid\n123\n`, "line 2: column 1, eid '123': has 3 digits, but an EID has 32"],
  ['an EID with a wrong digit', `eid\n${a.replace(/1/, '2')}\n`, 'its check digits are wrong'],
  [
    'the example with bad check digits',
    'eid\n12345000000000000000000000000133\n',
    'its check digits are wrong',
  ],
  [
    'scientific notation',
    'label,eid\nx,8.9049E+31\n',
    "line 2: column 2, eid '8.9049E+31': is a number that a spreadsheet has shortened; its digits are lost",
  ],
  [
    'scientific notation of other countries',
    'eid;label\n8,9049E+31;x\n',
    'has shortened; its digits are lost: format the column as text',
  ],
  ['scientific notation without a header', '8.9049E+31\n', 'line 1: column 1'],
  [
    'a rounded number',
    'eid\n89049032123451200000000000000000\n',
    'is a number that a spreadsheet has rounded',
  ],
  ['no EID', `eid,label\n,x\n`, 'line 2: column 1, eid: is missing; give every row an EID'],
  ['words', `eid\ntotal: 12\n`, "eid 'total: 12': is not an EID; give its 32 digits"],
  ['another delimiter', `eid,label\n${a};x\n`, 'holds several columns; separate the columns of every row'],
  [
    'too many columns',
    `eid,label\n${a},x,y\n`,
    'line 2: column 3, row: the row has 3 columns, but the header names 2',
  ],
  ['an EID twice', `eid\n${a}\n${b}\n'${a}\n`, 'line 4: column 1, eid'],
  [
    'an ICCID twice',
    `eid,iccid\n${a},8900101000000999038\n${b},8900101000000999038F\n`,
    'is already on line 2; keep only one of the two rows',
  ],
  ['a MatchingID twice', `eid,matchingId\n${a},M-1\n${b},M-1\n`, 'is already on line 2'],
  [
    'an ICCID with a wrong digit',
    `eid,iccid\n${a},8900101000000999039\n`,
    'is not the Luhn check digit of the other digits',
  ],
  ['an ICCID too short', `eid,iccid\n${a},89001\n`, 'has 5 digits, but an ICCID has 18 to 20'],
  ['an ICCID that was rounded', `eid,iccid\n${a},8900101000000000000\n`, "iccid '8900101000000000000': "],
  ['an ICCID in scientific notation', `eid,iccid\n${a},8.9001E+18\n`, 'its digits are lost'],
  [
    'a MatchingID in small letters',
    `eid,matchingId\n${a},abc\n`,
    'is not a MatchingID; use only A-Z, 0-9 and hyphens',
  ],
  ['an IMEI with a wrong digit', `eid,imei\n${a},490154203237519\n`, 'does not match the Luhn check digit'],
  ['a label with a line end', `eid,label\n${a},"x\ny"\n`, "label 'x?y': contains a line break"],
  [
    'a label without end',
    `eid,label\n${a},${'x'.repeat(2000)}\n`,
    'is longer than 1024 characters; shorten it',
  ],
  [
    'text behind a closing quote',
    `eid,label\n${a},"x"y\n`,
    'column 2, row: there is text after a closing quote',
  ],
  [
    'a line that is no JSON',
    `{"eid":"${a}"}\n${b}\n`,
    'line 2: row: the line is not a JSON object; write one object',
  ],
  ['a JSON number', `{"eid":89049032123451234512345678901235}\n`, 'is not a string; put it in quotes'],
  [
    'a member misspelt',
    `{"eid":"${a}","lable":"x"}\n`,
    "the member 'lable' is not known; did you mean label?",
  ],
  ['a member twice', `{"eid":"${a}","EID":"${b}"}\n`, 'eid: is given twice'],
];

describe('a row with', () => {
  it.each(rejectedRows)('%s is rejected, with its place and what to do', async (_, file, complaint) => {
    const { rejected } = await read(file);
    expect(complaints(rejected)).toEqual([expect.stringContaining(complaint) as string]);
    for (const { problems } of rejected) expect(problems[0]?.remedy).not.toBe('');
  });

  it('a wrong confirmation code does not show it', async () => {
    const { rejected } = await read(`eid,confirmationCode\n${a},${'7'.repeat(2000)}\n`);
    expect(complaints(rejected)).toEqual([expect.stringMatching(/confirmationCode: is longer/) as string]);
    expect(complaints(rejected)[0]).not.toContain('777');
  });

  it('several faults is told of all of them, and does not spoil the others', async () => {
    const { rows, rejected } = await read(`eid,iccid,imei\n1,2,3\n${a},,\n`);
    expect(rejected[0]?.problems.map(({ field }) => field)).toEqual(['eid', 'iccid', 'imei']);
    expect(rows.map((row) => row.eid)).toEqual([a]);
  });
});

const refusedFiles: readonly [name: string, file: string | Buffer, message: string][] = [
  ['nothing in it', '', 'the file is empty; write one EID per line'],
  ['only blanks', '\n \r\n\t\n', 'the file has no rows'],
  ['only a header', 'eid,label\n', 'the file has no rows'],
  ['an Excel workbook', Buffer.from('504b030414000600', 'hex'), 'not text but an Excel workbook (.xlsx)'],
  ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'not text but an Excel workbook (.xls)'],
  ['gzip', Buffer.from('1f8b0800', 'hex'), 'compressed with gzip; unpack it first'],
  ['binary data', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256)), 'binary data'],
  [
    'binary data behind a header',
    Buffer.concat([Buffer.from('eid\n'), Buffer.from([0xff, 0xfe, 0xfd, 0x80])]),
    'line 2: this part of the file is not text in UTF-8',
  ],
  [
    'the letters of another age',
    Buffer.from(`eid,label\n${a},x\n${b},Jürgen\n`, 'latin1'),
    'line 3: this part of the file is not text in UTF-8; save the file as UTF-8',
  ],
  [
    'columns without a header',
    `${a},8900101000000999038\n`,
    'line 1: the first row is not a header, and the file has 2 columns; add a first row',
  ],
  ['no column of EIDs', 'iccid,label\n8900101000000999038,x\n', 'line 1: no column is named eid'],
  [
    'a title over the header',
    `Delivery of June\neid\n${a}\n`,
    "the first row is not the header of a manifest: 'Delivery of June'",
  ],
  [
    'a heading misspelt',
    `eid,lable\n${a},x\n`,
    "line 1, column 2: the heading 'lable' is not known; did you mean label?",
  ],
  [
    'two columns of EIDs',
    `eid,EID number\n${a},${a}\n`,
    'line 1, column 2: columns 1 and 2 are both the eid',
  ],
  [
    'a quote that is never closed',
    `eid,label\n${a},"x\n${b},y\n`,
    'line 2, column 2: the quote that starts this cell is never closed',
  ],
  [
    'a quote that is never closed, and no end',
    `eid,label\n${a},"x\n${`${b},y\n`.repeat(5000)}`,
    'line 2, column 2: the quote',
  ],
  [
    'a line that never ends',
    `eid\n${'8'.repeat(200_000)}`,
    'line 2: the row is longer than 65536 characters',
  ],
  ['a line of NDJSON that never ends', `{"eid":"${'8'.repeat(200_000)}`, 'line 1: the row is longer'],
  ['a JSON array', `[{"eid":"${a}"}]`, 'line 1: the file is a JSON array; write NDJSON'],
];

describe('a file with', () => {
  it.each(refusedFiles)('%s is refused, with its place and what to do', async (_, file, message) => {
    await expect(read(file)).rejects.toThrow(message);
    await expect(read(file, {}, 1000)).rejects.toThrow(message);
  });

  it('more lines than are allowed is refused', async () => {
    const file = `eid\n${a}\n${b}\n${c}\n${d}\n`;
    await expect(read(file, { maxLines: 4 })).rejects.toThrow(
      'line 5: the file has more than 4 lines; split it',
    );
    expect((await read(file, { maxLines: 5 })).rows).toHaveLength(4);
  });

  it('empty lines that never end is refused too', async () => {
    async function* endless(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(`eid\n${a}\n`);
      for (;;) yield Buffer.alloc(65_536, '\n');
    }
    const { readManifest } = await import('../../src/manifests/index.js');
    const reading = (async () => {
      for await (const part of readManifest(endless(), { maxLines: 1_000_000 })) expect(part).toBeDefined();
    })();
    await expect(reading).rejects.toThrow('more than 1000000 lines');
  });

  it.each([
    ['csv', `{"eid":"${a}"}`, 'declared as CSV, but it starts like NDJSON'],
    ['ndjson', `eid\n${a}`, 'declared as NDJSON, but it starts like CSV'],
  ] as const)('another format than %s, as it was said to be, is refused', async (format, file, message) => {
    await expect(read(file, { format })).rejects.toThrow(message);
  });
});
