import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  addressRemarks,
  CodeListError,
  derivePoolName,
  readCodeList,
  splitCodes,
  writeCodeList,
} from '../../src/pools/list/index.js';
import { codes, listOf } from './support/codes.js';

const parsed = (rows: readonly string[]) =>
  rows.map((row) => {
    const [iccid = '', matchingId = ''] = row.split(',');
    return { iccid, matchingId };
  });

describe('a list that is written', () => {
  it('has the address without its port, LF, and neither header nor comma at the end', () => {
    expect(writeCodeList('smdp.example.com:8443', parsed(codes(2)))).toBe(listOf(2));
  });

  it('has at most 1,000 codes', () => {
    expect(writeCodeList('smdp.example.com', parsed(codes(1000))).split('\n')).toHaveLength(1002);
    expect(() => writeCodeList('smdp.example.com', parsed(codes(1001)))).toThrow(CodeListError);
    expect(() => writeCodeList('smdp.example.com', parsed(codes(1001)))).toThrow(/one list per provider/);
  });

  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (count) => {
        const written = writeCodeList('smdp.example.com', parsed(codes(count)));
        const read = readCodeList(Buffer.from(written), 'smdp.example.com');
        expect(read.codes.map(({ iccid, matchingId }) => ({ iccid, matchingId }))).toEqual(
          parsed(codes(count)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is split into parts that lose nothing', () => {
    expect(splitCodes([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(splitCodes([1, 2], 2)).toEqual([[1, 2]]);
    expect(splitCodes([], 2)).toEqual([[]]);
  });

  it('comes with remarks where devices will not find the server', () => {
    expect(addressRemarks('smdp.example.com')).toEqual([]);
    expect(addressRemarks('smdp.example.com:8443')).toEqual([expect.stringContaining('without the port')]);
    expect(addressRemarks('localhost')).toEqual([expect.stringContaining('not fully qualified')]);
  });
});

describe('the name of a pool', () => {
  it.each([
    ['smdp.skynet.mobile', 'smdp'],
    ['SMDP.Skynet.Mobile', 'smdp'],
    ['localhost', 'localhost'],
  ])('is the first label of %s', (address, name) => {
    expect(derivePoolName('fqdn', address)).toBe(name);
  });

  it.each([
    ['Spring 2030.csv', 'Spring 2030'],
    ['C:\\lists\\plan.a.CSV', 'plan.a'],
    ['/tmp/codes', 'codes'],
  ])('is that of the file %s', (file, name) => {
    expect(derivePoolName('file', 'smdp.example.com', file)).toBe(name);
  });

  it('is none where the file has none', () => {
    expect(derivePoolName('file', 'smdp.example.com')).toBeUndefined();
    expect(derivePoolName('file', 'smdp.example.com', '.csv')).toBeUndefined();
  });
});
