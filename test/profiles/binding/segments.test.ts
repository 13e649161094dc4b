import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecureMessaging } from '../../../src/device/euicc/secure-messaging.js';
import { Bsp } from '../../../src/profiles/binding/bsp.js';

const keys = {
  initialMacChainingValue: Buffer.alloc(16, 1),
  enc: Buffer.alloc(16, 2),
  mac: Buffer.alloc(16, 3),
};
/** The eUICC's side, which shares no code with ours. */
const euicc = () =>
  new SecureMessaging({
    macChainingValue: keys.initialMacChainingValue,
    encryptionKey: keys.enc,
    macKey: keys.mac,
  });

const counting = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index & 0xff));
const lengths = (segments: readonly Buffer[]): number[] => segments.map(({ length }) => length);

describe('segments', () => {
  it.each([
    [1, [26]],
    [15, [26]],
    [16, [42]],
    // 255 octets of value would need a longer length field: 81 F8 up to 240 octets of ciphertext, then 82.
    [111, [2 + 112 + 8]],
    [112, [3 + 128 + 8]],
    [239, [3 + 240 + 8]],
    [240, [4 + 256 + 8]],
    [1007, [1020]],
    [1008, [1020, 26]],
    [2014, [1020, 1020]],
    [2015, [1020, 1020, 26]],
  ])('hold %i octets of encrypted data in TLVs of %j octets', (length, expected) => {
    expect(lengths(new Bsp(keys).encrypt(0x86, counting(length)))).toEqual(expected);
  });

  it.each([
    [1, [11]],
    [119, [2 + 119 + 8]],
    [120, [3 + 120 + 8]],
    [1008, [1020]],
    [1009, [1020, 11]],
  ])('hold %i octets of metadata in TLVs of %j octets', (length, expected) => {
    expect(lengths(new Bsp(keys).authenticate(0x88, counting(length)))).toEqual(expected);
  });

  it('of any length are opened by an eUICC, in one run of counter and MAC chain', () => {
    const octets = fc.uint8Array({ minLength: 1, maxLength: 2100 }).map((array) => Buffer.from(array));
    const piece = fc.record({ tag: fc.constantFrom(0x86 as const, 0x87 as const, 0x88 as const), octets });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const [server, card] = [new Bsp(keys), euicc()];
        for (const { tag, octets: data } of pieces) {
          const segments = tag === 0x88 ? server.authenticate(tag, data) : server.encrypt(tag, data);
          expect(Math.max(...lengths(segments))).toBeLessThanOrEqual(1020);
          const opened = segments.map((segment) =>
            tag === 0x88 ? card.authenticate(segment) : card.decrypt(segment, tag),
          );
          expect(Buffer.concat(opened)).toEqual(data);
        }
      }),
      { numRuns: 60 },
    );
  });
});
