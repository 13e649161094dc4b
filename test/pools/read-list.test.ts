import { describe, expect, it } from 'vitest';
import { CodeListError, readCodeList, type ListProblem } from '../../src/pools/list/index.js';
import { codes, listOf, rowOf } from './support/codes.js';

const own = 'smdp.example.com:8443';
const read = (text: string) => readCodeList(Buffer.from(text), own);

function problemsOf(octets: string | Buffer, address = own): readonly ListProblem[] {
  try {
    readCodeList(Buffer.from(octets), address);
  } catch (error) {
    if (error instanceof CodeListError) return error.problems;
    throw error;
  }
  return [];
}

const [first, second] = codes(2) as [string, string];
const iccidOf = (row: string) => row.split(',')[0]!;
const codeOf = (row: string) => row.split(',')[1]!;

describe('a list of codes', () => {
  it('is read with its line numbers', () => {
    expect(read(`smdp.example.com\n${first}\n${second}\n`)).toEqual({
      smdpAddress: 'smdp.example.com',
      codes: [
        { line: 2, iccid: iccidOf(first), matchingId: codeOf(first) },
        { line: 3, iccid: iccidOf(second), matchingId: codeOf(second) },
      ],
      remarks: [],
    });
  });

  it.each([
    ['CR LF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('is understood with lines that end with %s', (_, end) => {
    expect(read(listOf(3).replaceAll('\n', end)).codes).toHaveLength(3);
  });

  it('is understood without an end of its last line, and with empty lines after it', () => {
    expect(read(listOf(2).trimEnd()).codes).toHaveLength(2);
    expect(read(`${listOf(2)}\n\r\n\n`).codes).toHaveLength(2);
  });

  it('is for this SM-DP+ whatever the case of the address', () => {
    expect(read(listOf(1, 'SMDP.Example.COM')).smdpAddress).toBe('SMDP.Example.COM');
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${listOf(2)}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${listOf(2)}`, 'utf16le')],
    ['UTF-16 BE with a byte order mark', Buffer.from(`\ufeff${listOf(2)}`, 'utf16le').swap16()],
    ['UTF-16 LE', Buffer.from(listOf(2), 'utf16le')],
  ])('is understood in %s, and the remarks say so', (encoding, octets) => {
    const { codes: found, remarks } = readCodeList(octets, own);
    expect(found).toHaveLength(2);
    expect(remarks).toEqual([expect.stringContaining(`the file is ${encoding};`)]);
  });

  it('may have 1,000 codes, and no more', () => {
    expect(read(listOf(1000)).codes).toHaveLength(1000);
    expect(problemsOf(listOf(1001))).toEqual([
      expect.objectContaining({
        line: 1002,
        message: 'the list has 1001 codes, but an MDM system accepts only 1000',
        remedy: expect.stringContaining('one list per provider') as string,
      }),
    ]);
  });

  it('may have MatchingIDs in small letters, with a remark', () => {
    const { codes: found, remarks } = read(`smdp.example.com\n${first.toLowerCase()}\n`);
    expect(found[0]?.matchingId).toBe(codeOf(first).toLowerCase());
    expect(remarks).toEqual([expect.stringContaining('lower case')]);
  });

  it('for a server without a domain is read with the remark that no device will find it', () => {
    const { remarks } = readCodeList(Buffer.from(listOf(1, 'localhost')), 'localhost:8443');
    expect(remarks).toEqual([expect.stringContaining('not fully qualified')]);
  });

  it('names all that is wrong with it, in the order of the lines', () => {
    const problems = problemsOf(`https://smdp.example.com\n${first},\nnonsense\n${second}\n${second}\n`);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [2, 3],
      [3, undefined],
      [5, 1],
      [5, 2],
    ]);
  });

  it('with a hundred thousand bad rows is refused with a bounded number of problems', () => {
    const error = (() => {
      try {
        return read('smdp.example.com\n' + 'x\n'.repeat(100_000));
      } catch (caught) {
        return caught;
      }
    })() as CodeListError;
    expect(error.problems).toHaveLength(100);
    expect(error.total).toBe(1001);
  });
});

describe('a first row', () => {
  it.each([
    [
      'https://smdp.example.com',
      'this is a URL',
      'write only the host name, without scheme and path: smdp.example.com',
    ],
    ['smdp.example.com,', 'a separator follows the SM-DP+ address', 'Excel'],
    ['smdp.example.com;', 'a separator follows the SM-DP+ address', 'Excel'],
    [
      'smdp.example.com,other.example.com',
      'there are several SM-DP+ addresses',
      'each provider needs a list of its own',
    ],
    [
      'smdp.example.com,plan',
      'the row contains more than the SM-DP+ address',
      'write only the SM-DP+ address',
    ],
    ['smdp.example.com:8443', 'there is a port', 'write only smdp.example.com'],
    ['smdp.example.com/path', 'there is a path', 'smdp.example.com'],
    ['"smdp.example.com"', 'there are quotes', 'remove them'],
    [' smdp.example.com', 'there are blanks around the SM-DP+ address', 'remove them'],
    ['LPA:1$smdp.example.com$A-B', 'this is an activation code', 'write only its address: smdp.example.com'],
    ['ICCID,MatchingID', 'this is a header', 'the format has no header row'],
    ['SM-DP+ address', 'this is a header', 'the format has no header row'],
    ['FQDN', 'this is a header', 'the format has no header row'],
    ['', 'the first row is empty', 'write only the SM-DP+ address on the first row: smdp.example.com'],
    ['codes for spring', 'this is not a host name', 'smdp.example.com'],
    ['192.0.2.1', 'this is not a host name', 'smdp.example.com'],
    [
      'other.example.com',
      'this is not the address of this SM-DP+, which is smdp.example.com',
      'SMDP_ADDRESS',
    ],
    [first, 'this is a code, and the SM-DP+ address is missing', 'put a row above: smdp.example.com'],
  ])('%j is refused: %s', (row, message, remedy) => {
    const problems = problemsOf(`${row}\n${second}\n`);
    expect(problems).toEqual([
      expect.objectContaining({
        line: 1,
        field: 'smdpAddress',
        message,
        remedy: expect.stringContaining(remedy) as string,
      }),
    ]);
  });
});

describe('a row', () => {
  const [iccid, code] = [iccidOf(first), codeOf(first)];

  it.each<[row: string, column: number | undefined, message: string, remedy: string]>([
    [`${first},`, 3, 'a comma follows the MatchingID', 'one comma'],
    [`${first},plan`, 3, 'there are 3 values', 'nothing else'],
    [first.replace(',', ';'), undefined, 'the values are separated by a semicolon', 'regional settings'],
    [first.replace(',', '\t'), undefined, 'the values are separated by a tab', 'separate them by a comma'],
    [iccid, undefined, 'the row has no comma', 'write ICCID,MatchingID'],
    [`"${iccid}","${code}"`, undefined, 'there are quotes', 'remove them'],
    ['ICCID,MatchingID', undefined, 'this is a header', 'the format has no header row'],
    ['', undefined, 'the row is empty', 'remove it'],
    ['other.example.com', undefined, 'this is a second SM-DP+ address', 'each provider'],
    [`LPA:1$smdp.example.com$${code}`, undefined, 'this is an activation code', 'follows the SM-DP+ address'],
    [`,${code}`, 1, 'the ICCID is missing', 'ICCID,MatchingID'],
    [`${iccid},`, 2, 'the MatchingID is missing', 'ICCID,MatchingID'],
    [`8.90010E+18,${code}`, 1, expect.stringContaining('rounded the ICCID'), 'as Text'],
    [`'${first}`, 1, 'the ICCID contains characters that are not digits', `write ${iccid}`],
    [`${iccid}F,${code}`, 1, 'the ICCID contains characters that are not digits', `write ${iccid}`],
    [`123,${code}`, 1, "'123' is not an ICCID", '18 to 20 digits'],
    [`${iccid}, ${code}`, 2, 'there are blanks around the MatchingID', 'remove them'],
    [
      `${iccid},LPA:1$a.b$${code}`,
      2,
      'this is a whole activation code',
      `write only its MatchingID: ${code}`,
    ],
    [
      `${iccid},ABC-123`,
      2,
      "the MatchingID 'ABC-123' has a form that Windows does not accept",
      'four groups',
    ],
  ])('%j is refused', (row, column, message, remedy) => {
    expect(problemsOf(`smdp.example.com\n${row}\n${second}\n`)).toEqual([
      expect.objectContaining({
        line: 2,
        column,
        message,
        remedy: expect.stringContaining(remedy) as string,
      }),
    ]);
  });

  it('whose ICCID has a wrong check digit is told the right one', () => {
    const wrong = iccid.slice(0, -1) + String((Number(iccid.at(-1)) + 1) % 10);
    expect(problemsOf(`smdp.example.com\n${wrong},${code}\n`)).toEqual([
      expect.objectContaining({
        line: 2,
        column: 1,
        remedy: expect.stringContaining(`check digit ${iccid.at(-1)}`) as string,
      }),
    ]);
  });

  it('that repeats the ICCID or the MatchingID of another is refused, also in the other case', () => {
    const twin = `${iccidOf(second)},${code.toLowerCase()}`;
    expect(problemsOf(`smdp.example.com\n${first}\n${twin}\n${iccid},${codeOf(rowOf(7))}\n`)).toMatchObject([
      { line: 3, column: 2, message: 'the MatchingID is already on line 2' },
      { line: 4, column: 1, message: 'the ICCID is already on line 2' },
    ]);
  });
});

describe('a file that is no list', () => {
  it.each<[name: string, octets: Buffer, message: string, remedy: string]>([
    ['nothing', Buffer.alloc(0), 'the file is empty', 'ICCID,MatchingID'],
    ['an address alone', Buffer.from('smdp.example.com\n'), 'there are no codes', 'ICCID,MatchingID'],
    [
      'an Excel workbook',
      Buffer.from('504b030414000600', 'hex'),
      'the file is not text but an Excel workbook',
      'CSV',
    ],
    ['binary junk', Buffer.from('0001ff0000fe810000', 'hex'), 'the file is not text but binary data', 'CSV'],
    [
      'a text in Latin-1',
      Buffer.from('smdp\xe9.example.com\n', 'latin1'),
      'the file is not text in UTF-8',
      'UTF-8',
    ],
  ])('%s is refused with what to do', (_, octets, message, remedy) => {
    expect(problemsOf(octets)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(message) as string,
        remedy: expect.stringContaining(remedy) as string,
      }),
    ]);
  });

  it('keeps what it repeats of a file short', () => {
    const [problem] = problemsOf(`smdp.example.com\n${'x'.repeat(100_000)}\n`);
    expect(problem?.value).toHaveLength(61);
  });
});
