import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesCmac } from '../../../src/device/euicc/aes-cmac.js';
import { MacChain } from '../../../src/profiles/binding/cmac.js';
import { hex } from '../../device/support/vectors.js';

const vectors = JSON.parse(
  readFileSync(new URL('./vectors/aes-cmac.json', import.meta.url), 'utf8'),
) as Record<'key' | 'message', string> & { macs: { octets: number; mac: string }[] };
const key = hex(vectors.key);

const octets = (length: fc.SizeForArbitrary | number) =>
  fc
    .uint8Array(typeof length === 'number' ? { minLength: length, maxLength: length } : { minLength: 1 })
    .map((array) => Buffer.from(array));

describe('the MAC chain', () => {
  it.each(vectors.macs)('gives the MAC of NIST SP 800-38B over $octets octets', ({ octets: length, mac }) => {
    const message = hex(vectors.message).subarray(0, length);
    const chain = new MacChain(key, message.subarray(0, 16));
    expect(chain.next(message.subarray(16)).toString('hex')).toBe(mac);
  });

  it('does not depend on how the message is cut into parts', () => {
    const message = hex(vectors.message);
    const chain = new MacChain(key, message.subarray(0, 16));
    const parts = [message.subarray(16, 17), message.subarray(17, 40), message.subarray(40)];
    expect(chain.next(...parts).toString('hex')).toBe(vectors.macs.at(-1)!.mac);
  });

  it('makes each MAC the chaining value of the next, whatever the lengths', () => {
    fc.assert(
      fc.property(
        octets(16),
        octets(16),
        fc.array(octets('small'), { minLength: 1, maxLength: 6 }),
        (macKey, initial, messages) => {
          const chain = new MacChain(macKey, initial);
          let expected: Buffer = initial;
          for (const message of messages) {
            expected = aesCmac(macKey, expected, message);
            expect(chain.next(message)).toEqual(expected);
          }
        },
      ),
    );
  });

  it('does not change what it is given', () => {
    const message = Buffer.alloc(32, 0xa5);
    new MacChain(key, Buffer.alloc(16)).next(message);
    expect(message).toEqual(Buffer.alloc(32, 0xa5));
  });
});
