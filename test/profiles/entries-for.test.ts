import { describe, expect, it } from 'vitest';
import { entriesFor, networks } from '../../src/profiles/index.js';

const network = {
  iccid: '8900101000000000027',
  imsi: '001010000000001',
  mcc: '001',
  mnc: '01',
  algorithm: 'milenage',
  k: '00'.repeat(16),
  opc: '11'.repeat(16),
  amf: '8000',
  sqn: '000000000020',
  msisdn: '',
} as const;

describe('a list for a core network', () => {
  const one = { network };
  const again = { network: { ...network, iccid: '8900101000000000035' } };
  const otherKey = { network: { ...network, k: '22'.repeat(16) } };

  it.each([...networks].filter((name) => name !== 'hlr'))('names a subscriber once: %s', (name) => {
    expect(entriesFor(name, [one, again, otherKey])).toEqual([one, otherKey]);
  });

  it('names each card if it is for an HLR', () => {
    expect(entriesFor('hlr', [one, again])).toEqual([one, again]);
  });
});
