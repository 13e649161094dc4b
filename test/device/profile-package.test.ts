import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iccidFromOctets } from '../../src/wire/rsp/index.js';
import { ProfileElementError, readProfilePackage } from '../../src/device/euicc/profile-package.js';
import { hasShared, sharedPath } from '../support/shared.js';
import { minimalIccid, minimalProfile } from './support/profiles.js';
import { hex } from './support/vectors.js';

const header = minimalProfile().subarray(0, 76);
const mf = minimalProfile().subarray(76, -9);
const end = minimalProfile().subarray(-9);
const element = (id: string, tag = 'a7'): Buffer => hex(`${tag}05a0038101${id}`);

describe('a profile package', () => {
  it('names its ICCID in the header and in EF.ICCID', () => {
    const { headerIccid, efIccid } = readProfilePackage(minimalProfile());
    expect([headerIccid, efIccid].map(iccidFromOctets)).toEqual([minimalIccid, minimalIccid]);
  });

  it('may fill EF.ICCID in pieces', () => {
    const whole = 'a413a1058b032f0601830a980001000000000000f2';
    const pieces = 'a417a1058b032f0601830298008202000283060000000000f2';
    const inPieces = mf.toString('hex').replace(whole, pieces).replace(/^b03d/, 'b041');
    const { efIccid } = readProfilePackage(Buffer.concat([header, hex(inPieces), end]));
    expect(efIccid.toString('hex')).toBe('9800ffff0000000000f2');
  });

  it.each([
    ['nothing', [], /begin with a header/],
    ['no header', [mf, end], /begin with a header/],
    ['no end', [header, mf], /end with an end element/],
    ['no MF', [header, end], /has no MF/],
    [
      'something behind the end',
      [header, mf, end, element('05'), element('0a', 'aa')],
      /has further elements after its end/,
    ],
    ['an unknown element', [header, mf, element('05', 'ab'), end], /unknown element AB/],
    ['an element without header', [header, mf, hex('a700'), end], /without PEHeader/],
    ['an identification twice', [header, mf, element('01'), end], /identification 1/],
    ['a broken TLV', [header, mf, hex('a77f00')], /TLV at octet/],
    [
      'an unknown version',
      [hex(header.toString('hex').replace('800102', '800109')), mf, end],
      /major version 9/,
    ],
  ] as const)('with %s is refused', (_, parts, message) => {
    const attempt = (): unknown => readProfilePackage(Buffer.concat([...parts]));
    expect(attempt).toThrow(ProfileElementError);
    expect(attempt).toThrow(message);
  });

  it.runIf(hasShared)('of GSMA TS.48 is read (skipped where the public test material is absent)', () => {
    const files = readdirSync(sharedPath('ts48')).filter((name) => name.endsWith('.der'));
    const iccids = files.map((name) => {
      const { headerIccid, efIccid } = readProfilePackage(readFileSync(sharedPath('ts48', name)));
      expect(headerIccid).toEqual(efIccid);
      return iccidFromOctets(efIccid);
    });
    expect(new Set(iccids)).toEqual(new Set(['89000123456789012341']));
  });
});
