import { describe, expect, it } from 'vitest';
import { readEid } from '../../src/manifests/index.js';
import { readIccid } from '../../src/manifests/cells/iccid.js';
import { readCodeList } from '../../src/pools/list/index.js';
import { imported, preparation, rejections, resultOf } from './support/preloading.js';

const eid = '89049032000000000000000000000163';
const odd = { hex: '89860A1B2C3D4E5F607', wrong: '8900101000000000010', short: '890010100000000001' };
const listOf = (iccid: string): Buffer => Buffer.from(`smdp.example.com\n${iccid},0A1B2-3C4D5-6E7F8-90ABC\n`);

describe.each(Object.values(odd))('the ICCID %s', (iccid) => {
  it('is refused in a manifest by default, warned of with luhn=warn, and taken with luhn=off', async () => {
    const file = `eid,iccid\n${eid},${iccid}\n`;
    expect(rejections(await imported(await preparation(), file))).toHaveLength(1);
    const warned = resultOf(await imported(await preparation(), file, { luhn: 'warn' }));
    expect(warned).toMatchObject({
      outcome: 'imported',
      warnings: [{ field: 'iccid', rows: 1, lines: [2] }],
    });
    const passed = resultOf(await imported(await preparation(), file, { luhn: 'off' }));
    expect(passed).toMatchObject({ outcome: 'imported', warnings: [] });
  });

  it('is refused in a list of codes by default, warned of with luhn=warn, and taken with luhn=off', () => {
    const read = (luhn?: 'off' | 'warn') => readCodeList(listOf(iccid), 'smdp.example.com', luhn);
    expect(() => read()).toThrow(/--luhn warn/);
    expect(read('warn').remarks).toEqual([expect.stringContaining('line 2: the ICCID ')]);
    expect(read('off')).toMatchObject({ codes: [{ iccid }], remarks: [] });
  });
});

describe('a number from a spreadsheet', () => {
  it.each(['8.98825E+18', '8988247000000000000'])(
    '%s is called rounded or shortened, whatever luhn says',
    (text) => {
      expect(readIccid(text, 'off')).toMatchObject({
        message: expect.stringContaining('spreadsheet') as string,
      });
      expect(() => readCodeList(listOf(text), 'smdp.example.com', 'off')).toThrow(/spreadsheet/);
    },
  );

  it.each([`EID:${eid}`, `eid: ${eid}`, `EID ${eid}`, `'EID:${eid}`])('is an EID as %s', (text) => {
    expect(readEid(text)).toBe(eid);
  });
});
