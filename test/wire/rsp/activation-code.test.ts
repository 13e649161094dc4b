import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatActivationCode, parseActivationCode } from '../../../src/wire/rsp/index.js';

const token = '0A1B2-3C4D5-6E7F8-90ABC';
const smdpAddress = 'SMDP.EXAMPLE.COM';
const smdpOid = '2.999.10';

describe('an activation code', () => {
  it.each([
    [`1$SMDP.EXAMPLE.COM$${token}`, { smdpAddress, matchingId: token }],
    [`1$SMDP.EXAMPLE.COM$${token}$$1`, { smdpAddress, matchingId: token, confirmationCodeRequired: true }],
    [`1$SMDP.EXAMPLE.COM$${token}$2.999.10`, { smdpAddress, matchingId: token, smdpOid }],
    [
      `1$SMDP.EXAMPLE.COM$${token}$2.999.10$1`,
      { smdpAddress, matchingId: token, smdpOid, confirmationCodeRequired: true },
    ],
    ['1$SMDP.EXAMPLE.COM$$2.999.10', { smdpAddress, matchingId: '', smdpOid }],
    ['1$SMDP.EXAMPLE.COM$', { smdpAddress, matchingId: '' }],
    ['1$localhost:8443$A', { smdpAddress: 'localhost:8443', matchingId: 'A' }],
    [
      '1$a.example$TS48v5_SAIP2.3_NoBERTLV',
      { smdpAddress: 'a.example', matchingId: 'TS48v5_SAIP2.3_NoBERTLV' },
    ],
  ])('%s is written and read, with LPA: in front and without', (text, code) => {
    const whole = { smdpOid: undefined, confirmationCodeRequired: false, ...code };
    expect(formatActivationCode(code)).toBe(text);
    expect(parseActivationCode(text)).toEqual(whole);
    expect(parseActivationCode(`LPA:${text}`)).toEqual(whole);
    expect(parseActivationCode(` lpa:${text}\n`)).toEqual(whole);
  });

  it.each([
    ['a trailing $', '1$a.example$T$', false],
    ['two of them', '1$a.example$T$$', false],
    ['a flag of 0', '1$a.example$T$$0', false],
    ['a flag of more than 1', '1$a.example$T$$11', false],
    ['fields of later versions', '1$a.example$T$$1$F54172BD$1', true],
  ])('may have %s', (_, text, confirmationCodeRequired) => {
    expect(parseActivationCode(text)).toEqual({
      smdpAddress: 'a.example',
      matchingId: 'T',
      smdpOid: undefined,
      confirmationCodeRequired,
    });
  });

  it('comes back from its text', () => {
    const address = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,58}[a-z0-9])?(:[1-9][0-9]{0,3})?$/);
    const matchingId = fc.stringMatching(/^[A-Z0-9_-]{0,60}$/);
    const oid = fc.option(fc.array(fc.nat(9999), { minLength: 1, maxLength: 5 }), { nil: undefined });
    fc.assert(
      fc.property(address, matchingId, oid, fc.boolean(), (smdpAddress, matchingId, arcs, required) => {
        const code = {
          smdpAddress,
          matchingId,
          smdpOid: arcs && `2.${arcs.join('.')}`,
          confirmationCodeRequired: required,
        };
        const text = formatActivationCode(code);
        expect(parseActivationCode(text)).toEqual(code);
        if (matchingId !== '') expect(text.endsWith('$')).toBe(false);
      }),
    );
  });

  it.each([
    ['', "has format ''"],
    ['LPA:', "has format ''"],
    ['https://example.com', "has format 'https://example.com'"],
    ['2$a.example$T', "has format '2'"],
    ['LPA: 1$a.example$T', "has format ' 1'"],
    ['1', 'has no SM-DP+ address'],
    ['1$$T', 'has no SM-DP+ address'],
    ['1$a.example', 'has no AC_Token'],
    ['1$a.example$A B', 'has an AC_Token with characters other than'],
    ['1$a.example$\u00c4', 'has an AC_Token with characters other than'],
    ['1$a.example$T$x', 'has an invalid SM-DP+ OID'],
    ['1$a.example$T$3.1', 'has an invalid SM-DP+ OID'],
    ['1$a.example$T$2', 'has an invalid SM-DP+ OID'],
    [`1$a.example$${'T'.repeat(244)}`, 'has 256 characters, at most 255'],
  ])('is not %j: it %s', (text, complaint) => {
    expect(() => parseActivationCode(text)).toThrow(SyntaxError);
    expect(() => parseActivationCode(text)).toThrow(`activation code ${complaint}`);
  });

  it('may have 255 characters beside its prefix', () => {
    const text = `LPA:1$a.example$${'T'.repeat(243)}`;
    expect(parseActivationCode(text).matchingId).toHaveLength(243);
  });
});

describe('an activation code as it is passed on', () => {
  const code = { smdpAddress: 'smdp.example.com:8443', matchingId: 'A-1' };

  it.each([
    'LPA%3A1%24smdp.example.com%3A8443%24A-1',
    'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$smdp.example.com:8443$A-1',
    'https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA%3A1%24smdp.example.com%3A8443%24A-1&x=1',
  ])('is understood: %s', (text) => {
    expect(parseActivationCode(text)).toMatchObject(code);
  });

  it.each([
    ['LPA:1$https://smdp.example.com$A', 'has a scheme'],
    ['1$smdp.example.com:99999$A', "has the invalid port '99999'"],
    ['https://esimsetup.apple.com/esim_qrcode_provisioning?x=1', 'carddata='],
    ['LPA%3A1%24%FF', 'not in UTF-8'],
  ])('is refused: %s', (text, problem) => {
    expect(() => parseActivationCode(text)).toThrow(problem);
  });
});
