import { describe, expect, test } from 'vitest';
import { activationCodeOf, hashConfirmationCode, newMatchingId, qrTextOf } from '../../src/orders/index.js';
import { parseActivationCode } from '../../src/wire/rsp/index.js';
import { profileWith } from './support.js';

const address = 'smdp.example.com:8443';
const confirmationCodeHash = hashConfirmationCode('1234');

describe('the activation code of an order', () => {
  test('names address and MatchingID', () => {
    expect(activationCodeOf(profileWith(), address)).toBe(
      'LPA:1$smdp.example.com:8443$0A1B2-3C4D5-6E7F8-90ABC',
    );
  });
  test('says that a confirmation code will be asked for, but not which', () => {
    const code = activationCodeOf(profileWith({ confirmationCodeHash }), address);
    expect(code).toBe('LPA:1$smdp.example.com:8443$0A1B2-3C4D5-6E7F8-90ABC$$1');
    expect(parseActivationCode(code!)).toMatchObject({ confirmationCodeRequired: true });
  });
  test('keeps the empty MatchingID of an order that is found by its EID', () => {
    expect(activationCodeOf(profileWith({ matchingId: '' }), address)).toBe('LPA:1$smdp.example.com:8443$');
  });
  test('has the prefix of its namespace where it is found by its EID there', () => {
    const profile = profileWith({ matchingId: '', namespace: 'worker-3', confirmationCodeHash });
    expect(activationCodeOf(profile, address)).toBe('LPA:1$smdp.example.com:8443$WORKER-3--$$1');
  });
  test('has its MatchingID alone in a namespace, too', () => {
    const profile = profileWith({ namespace: 'worker-3' });
    expect(activationCodeOf(profile, address)).toBe(activationCodeOf(profileWith(), address));
  });
  test('does not exist before the order is confirmed', () => {
    expect(activationCodeOf(profileWith({ matchingId: null }), address)).toBeUndefined();
    expect(qrTextOf(profileWith({ matchingId: null }), address)).toBeUndefined();
  });
});

describe('the text of its QR code', () => {
  test('is in upper case, so that the small alphanumeric code will do', () => {
    expect(qrTextOf(profileWith(), address)).toBe('LPA:1$SMDP.EXAMPLE.COM:8443$0A1B2-3C4D5-6E7F8-90ABC');
  });
  test('has the prefix of its namespace', () => {
    const profile = profileWith({ matchingId: '', namespace: 'w' });
    expect(qrTextOf(profile, 'smdp.example.com')).toBe('LPA:1$SMDP.EXAMPLE.COM$W--');
  });
  test.each(['magic', 'A_B'])(
    'is left as it is where the MatchingID needs other characters: %s',
    (matchingId) => {
      expect(qrTextOf(profileWith({ matchingId }), address)).toBe(
        `LPA:1$smdp.example.com:8443$${matchingId}`,
      );
    },
  );
});

describe('a new MatchingID', () => {
  test('is four groups of five upper-case hex digits', () => {
    const random = {
      bytes: (count: number) => Buffer.from('0a1b23c4d56e7f890abcffff', 'hex').subarray(0, count),
    };
    expect(newMatchingId(random)).toBe('0A1B2-3C4D5-6E7F8-90ABC');
  });
});
