import { describe, expect, it } from 'vitest';
import { inflateSync } from 'node:zlib';
import { decode, setBits } from '../../src/wire/asn1/index.js';
import {
  builtInProfileTypes,
  compileProfileType,
  DEFAULT_PROFILE_TYPE,
  iccidFromSequence,
} from '../../src/profiles/index.js';
import { simIcon } from '../../src/profiles/metadata/sim-icon.js';
import { iccidCheckDigitHolds, StoreMetadataRequest } from '../../src/wire/rsp/index.js';

const builtIn = (name: string) => compileProfileType(builtInProfileTypes.find((type) => type.name === name)!);
const metadataOf = (name: string) =>
  builtIn(name).metadata({ iccid: iccidFromSequence(0), serverAddress: 'a.example' });

describe('built-in profile types', () => {
  it('all compile, each under a name of its own', () => {
    const types = builtInProfileTypes.map(compileProfileType);
    expect(new Set(types.map(({ definition }) => definition.name)).size).toBe(types.length);
    expect(types.map(({ fixedIccid }) => fixedIccid)).toEqual(types.map(() => undefined));
  });

  it('generic fits its metadata into one segment and is operational', () => {
    const metadata = metadataOf(DEFAULT_PROFILE_TYPE);
    expect(metadata.length).toBeLessThan(1000);
    expect(decode(StoreMetadataRequest, metadata).profileClass).toBeUndefined();
  });

  it('Test has metadata too long for one segment', () => {
    expect(metadataOf('Test').length).toBeGreaterThan(1020);
  });

  it('generic-ppr1 sets PPR1 and names the owner', () => {
    const { profilePolicyRules, profileOwner } = decode(StoreMetadataRequest, metadataOf('generic-ppr1'));
    expect(setBits(profilePolicyRules!)).toEqual([1]);
    expect(profileOwner!.mccMnc.toString('hex')).toBe('00f110');
  });

  it('have an icon of 64 x 64 pixels', () => {
    const header = simIcon.indexOf('IHDR') + 4;
    expect([simIcon.readUInt32BE(header), simIcon.readUInt32BE(header + 4)]).toEqual([64, 64]);
    const data = simIcon.indexOf('IDAT');
    const compressed = simIcon.subarray(data + 4, data + 4 + simIcon.readUInt32BE(data - 4));
    expect(inflateSync(compressed).length).toBe(64 * (1 + 64 / 8));
  });
});

describe('iccidFromSequence', () => {
  it('numbers ICCIDs of 19 digits with a check digit, under an issuer that no card has', () => {
    expect(iccidFromSequence(0)).toBe('8900101000000000001');
    for (const sequence of [0, 1, 42, 99_999_999_999]) {
      const iccid = iccidFromSequence(sequence);
      expect(iccid).toMatch(/^8900101\d{12}$/);
      expect(iccidCheckDigitHolds(iccid)).toBe(true);
    }
  });

  it('never gives two numbers one ICCID', () => {
    const iccids = Array.from({ length: 2000 }, (_, sequence) => iccidFromSequence(sequence));
    expect(new Set(iccids).size).toBe(2000);
  });

  it.each([-1, 0.5, 1e11, NaN])('has no number %d', (sequence) => {
    expect(() => iccidFromSequence(sequence)).toThrow(RangeError);
  });
});
