import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalIccid,
  eidCheckDigitsHold,
  eidToOctets,
  eidWithCheckDigits,
  iccidCheckDigitHolds,
  iccidFromOctets,
  iccidToOctets,
  iccidWithCheckDigit,
  imeiFromOctets,
  imeiToOctets,
  isEid,
  isIccid,
  swapNibbles,
  transactionIdFromText,
  transactionIdToText,
} from '../../../src/wire/rsp/index.js';

const digits = (minLength: number, maxLength = minLength) =>
  fc.array(fc.nat(9), { minLength, maxLength }).map((list) => list.join(''));

describe('an EID', () => {
  it.each([
    ['89049032123451234512345678901235', true],
    ['89882119900000000000000000001654', true],
    ['35290611000000000000000000000787', true],
    ['89001012012341234012345678901224', true],
    ['12345000000000000000000000000133', false],
    ['89049032123451234512345678901299', false],
    ['89049032123451234512345678901236', false],
  ])('%s is one, and that its check digits hold is %s', (eid, holds) => {
    expect(isEid(eid)).toBe(true);
    expect(eidCheckDigitsHold(eid)).toBe(holds);
  });

  it.each([
    '',
    '8904903212345123451234567890123',
    '890490321234512345123456789012355',
    '8904903212345123451234567890123F',
    '89049032123451234512345678901235\n',
  ])('is not %j', (text) => {
    expect(isEid(text)).toBe(false);
    expect(eidCheckDigitsHold(text)).toBe(false);
  });

  it('gets check digits that hold, and of which no single digit may change', () => {
    fc.assert(
      fc.property(digits(30), fc.nat(31), fc.integer({ min: 1, max: 9 }), (first30, place, shift) => {
        const eid = eidWithCheckDigits(first30);
        expect(eid).toHaveLength(32);
        expect(BigInt(eid) % 97n).toBe(1n);
        expect(eidCheckDigitsHold(eid)).toBe(true);
        const wrong = [...eid];
        wrong[place] = String((Number(eid[place]) + shift) % 10);
        expect(eidCheckDigitsHold(wrong.join(''))).toBe(false);
      }),
    );
  });

  it('has 16 octets with the first digit in the high nibble', () => {
    expect(eidToOctets('89049032123451234512345678901235').toString('hex')).toBe(
      '89049032123451234512345678901235',
    );
  });
});

describe('an IMEI', () => {
  it.each([
    ['356938035643809', '539683306534089f'],
    ['3569380356438091', '5396833065340819'],
  ])('%s is %s in DeviceInfo', (imei, octets) => {
    expect(imeiToOctets(imei).toString('hex')).toBe(octets);
    expect(imeiFromOctets(Buffer.from(octets, 'hex'))).toBe(imei);
  });

  it.each([
    [
      'with the nibbles of the last octet swapped, as many LPAs send it',
      '53968330653408f9',
      '356938035643809',
    ],
    ['without a check digit', '53968330653408ff', '35693803564380'],
  ])('is read %s', (_, octets, imei) => {
    expect(imeiFromOctets(Buffer.from(octets, 'hex'))).toBe(imei);
  });
});

describe('an ICCID', () => {
  it.each([
    ['89000123456789012341', '98001032547698103214'],
    ['8900100000000000002', '980001000000000000F2'],
    ['890010000000000000', '980001000000000000FF'],
  ])('%s is %s in octets', (iccid, octets) => {
    expect(iccidToOctets(iccid).toString('hex').toUpperCase()).toBe(octets);
    expect(iccidFromOctets(Buffer.from(octets, 'hex'))).toBe(iccid);
  });

  it('of 18 to 20 digits comes back from its octets', () => {
    fc.assert(
      fc.property(digits(18, 20), (iccid) => {
        expect(isIccid(iccid)).toBe(true);
        expect(iccidToOctets(iccid)).toHaveLength(10);
        expect(iccidFromOctets(iccidToOctets(iccid))).toBe(iccid);
      }),
    );
  });

  it.each([
    '',
    '89001000000000000',
    '890010000000000000020',
    '8900100000000000002F',
    '89001 000000000002',
    '-9001000000000000002',
  ])('is not %j', (text) => {
    expect(isIccid(text)).toBe(false);
  });

  it.each([
    ['8900100000000000002F', '8900100000000000002'],
    ['8900100000000000002f', '8900100000000000002'],
    ['890010000000000000FF', '890010000000000000'],
    ['8900100000000000002', '8900100000000000002'],
    ['89000123456789012341', '89000123456789012341'],
  ])('written as %s is stored as %s', (text, stored) => {
    expect(canonicalIccid(text)).toBe(stored);
    expect(isIccid(stored)).toBe(true);
  });

  it.each(['89000123456789012341', '8900100000000000002', '89000000000000001010', '89000000000000001028'])(
    '%s ends in its Luhn digit',
    (iccid) => {
      expect(iccidCheckDigitHolds(iccid)).toBe(true);
      expect(iccidWithCheckDigit(iccid.slice(0, -1))).toBe(iccid);
    },
  );

  it('has a Luhn digit that no change of one digit leaves right', () => {
    fc.assert(
      fc.property(digits(17, 19), fc.nat(16), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const iccid = iccidWithCheckDigit(body);
        expect(iccidCheckDigitHolds(iccid)).toBe(true);
        const wrong = [...iccid];
        wrong[place] = String((Number(iccid[place]) + shift) % 10);
        expect(iccidCheckDigitHolds(wrong.join(''))).toBe(false);
      }),
    );
  });
});

describe('nibbles', () => {
  it('swapped twice are as they were', () => {
    expect(swapNibbles(Buffer.from('12f0', 'hex')).toString('hex')).toBe('210f');
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(swapNibbles(swapNibbles(Buffer.from(octets)))).toEqual(Buffer.from(octets));
      }),
    );
  });

  it('are swapped in a copy', () => {
    const octets = Buffer.from('12', 'hex');
    swapNibbles(octets);
    expect(octets.toString('hex')).toBe('12');
  });
});

describe('a TransactionId in JSON', () => {
  it('is written in upper case and read in either', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 16 }), (array) => {
        const octets = Buffer.from(array);
        const text = transactionIdToText(octets);
        expect(text).toMatch(/^[0-9A-F]{2,32}$/);
        expect(transactionIdFromText(text)).toEqual(octets);
        expect(transactionIdFromText(text.toLowerCase())).toEqual(octets);
      }),
    );
  });

  it.each(['', '0', 'ABC', 'GG', '0x12', ' 12', '12\n', '12 34', '00'.repeat(17), 'ＡＢ'])(
    'is not %j',
    (text) => {
      expect(transactionIdFromText(text)).toBeUndefined();
    },
  );
});
