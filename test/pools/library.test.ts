import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationCodeUri, formatActivationCode, parseActivationCode } from '../../src/index.js';

describe('activation codes in the library', () => {
  it.each([
    ['LPA:1$SMDP.EXAMPLE.COM$0A1B2-3C4D5', { matchingId: '0A1B2-3C4D5' }],
    ['LPA:1$SMDP.EXAMPLE.COM$0A1B2-3C4D5$$1', { matchingId: '0A1B2-3C4D5', confirmationCodeRequired: true }],
    ['LPA:1$SMDP.EXAMPLE.COM$0A1B2-3C4D5$2.999.10', { matchingId: '0A1B2-3C4D5', smdpOid: '2.999.10' }],
    [
      'LPA:1$SMDP.EXAMPLE.COM$0A1B2-3C4D5$2.999.10$1',
      { matchingId: '0A1B2-3C4D5', smdpOid: '2.999.10', confirmationCodeRequired: true },
    ],
    ['LPA:1$SMDP.EXAMPLE.COM$', { matchingId: '' }],
  ])('%s is read and written', (text, members) => {
    const code = { smdpAddress: 'SMDP.EXAMPLE.COM', ...members };
    expect(activationCodeUri(code)).toBe(text);
    expect(parseActivationCode(text)).toMatchObject(code);
  });

  it('are read as what was written', () => {
    const oids = fc.array(fc.nat(9999), { minLength: 1, maxLength: 5 }).map((arcs) => `2.${arcs.join('.')}`);
    const code = fc.record({
      smdpAddress: fc.domain(),
      matchingId: fc.stringMatching(/^[0-9A-Z-]{0,40}$/),
      smdpOid: fc.option(oids, { nil: undefined }),
      confirmationCodeRequired: fc.boolean(),
    });
    fc.assert(
      fc.property(code, (each) => {
        fc.pre(formatActivationCode(each).length <= 255);
        expect(parseActivationCode(formatActivationCode(each))).toEqual(each);
      }),
    );
  });
});
