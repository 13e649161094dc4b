import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import {
  admitDownload,
  checkConfirmationCode,
  deliverBpp,
  hashConfirmationCode,
  type OrderChange,
} from '../../src/orders/index.js';
import { Refusal, type StatusCode } from '../../src/wire/rsp/index.js';
import type { Profile } from '../../src/store/index.js';
import { attempt, eid, now, otherEid, profileWith, refusalOf, transactionId } from './support.js';

const admit = (differences: Partial<Profile>, eligibility: () => void = () => undefined) =>
  admitDownload(profileWith(differences), attempt, eligibility);

describe('the download of a released profile', () => {
  test('takes nothing from others: an order without EID stays without one', () => {
    expect(admit({})).toEqual({ set: {}, history: [], progress: { point: 1 } });
  });

  test('leaves no trace when the order has its EID already and no limit', () => {
    expect(admit({ eid })).toEqual({ set: {}, history: [], progress: { point: 1 } });
  });

  test('counts the attempt where there is a limit', () => {
    expect(admit({ eid, downloadAttemptsLeft: 3 }).set).toMatchObject({ downloadAttemptsLeft: 2 });
  });

  test('goes on for the same eUICC after the BPP was delivered', () => {
    expect(admit({ state: 'Downloaded', eid }).refusal).toBeUndefined();
  });

  test('is refused to another eUICC with 8.1.1/3.8', () => {
    expect(refusalOf(() => admit({ eid: otherEid }))).toBe('8.1.1/3.8');
  });

  test('is refused when the eUICC is not eligible, before anything is counted', () => {
    const ineligible = () => {
      throw new Refusal('8.2.5/4.3', 'no');
    };
    const change = admit({ downloadAttemptsLeft: 3 }, ineligible);
    expect(change).toMatchObject({ set: {}, history: [], refusal: { status: '8.2.5/4.3' } });
  });
});

describe('a download order that cannot be used', () => {
  const states: readonly [Profile['state'], string][] = [
    ['Available', '8.2.6/3.8'],
    ['Allocated', '8.2/1.2'],
    ['Linked', '8.2/1.2'],
    ['Confirmed', '8.2/1.2'],
    ['Installed', '8.2.6/3.8'],
    ['Error', '8.2.6/3.8'],
    ['Unavailable', '8.2.6/3.8'],
  ];
  test.each(states)('of state %s is refused with %s', (state, status) => {
    expect(refusalOf(() => admit({ state }))).toBe(status);
  });

  test('says that it is spent before it says whose it is', () => {
    expect(refusalOf(() => admit({ state: 'Installed', eid: otherEid }))).toBe('8.2.6/3.8');
  });

  test.each(['8.8.5/4.10', '8.8.5/6.4'])('for its limits, %s, says so again', (errorStatus) => {
    expect(refusalOf(() => admit({ state: 'Error', errorStatus }))).toBe(errorStatus);
  });

  test.each(['8.8.5/3.8', '8.2.7/6.4', '8.2.10/4.2', null])(
    'for another reason, %s, is as good as unknown',
    (errorStatus) => {
      expect(refusalOf(() => admit({ state: 'Error', errorStatus }))).toBe('8.2.6/3.8');
    },
  );

  test.each(['per-device', 'unlimited'] as const)('of reuse %s begins anew when installed', (reuse) => {
    expect(admit({ state: 'Installed', reuse }).set.state).toBe('Released');
    expect(admit({ state: 'Error', errorStatus: '8.8.5/3.8', reuse }).set.state).toBe('Released');
  });

  test('that has expired ends in Error with 8.8.5/4.10, and asks no eUICC whether it is eligible', () => {
    const eligibility = vi.fn();
    const { set, history, refusal } = admit({ validUntil: now }, eligibility);
    expect(set).toEqual({ state: 'Error', errorStatus: '8.8.5/4.10' });
    expect(history).toMatchObject([{ from: 'Released', to: 'Error', status: '8.8.5/4.10' }]);
    expect(refusal?.status).toBe('8.8.5/4.10');
    expect(eligibility).not.toHaveBeenCalled();
  });

  test('is still good in the millisecond before it expires', () => {
    expect(admit({ validUntil: now + 1 }).refusal).toBeUndefined();
  });

  test('without attempts left ends in Error with 8.8.5/6.4', () => {
    const { set, refusal } = admit({ downloadAttemptsLeft: 0 });
    expect(set).toEqual({ state: 'Error', errorStatus: '8.8.5/6.4' });
    expect(refusal?.status).toBe('8.8.5/6.4');
  });

  test('may be begun exactly as often as its limit says', () => {
    let profile = profileWith({ downloadAttemptsLeft: 2 });
    const begun: (string | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      const change = admitDownload(profile, attempt, () => undefined);
      begun.push(change.refusal?.status);
      profile = { ...profile, ...change.set };
    }
    expect(begun).toEqual([undefined, undefined, '8.8.5/6.4']);
    expect(profile.state).toBe('Error');
  });
});

describe('an order that is good once per device', () => {
  const installed = profileWith({ reuse: 'per-device', state: 'Installed' });

  test('is refused to an eUICC that has installed the profile', () => {
    const again = { ...attempt, installedBefore: true };
    expect(refusalOf(() => admitDownload(installed, again, () => undefined))).toBe('8.2.6/3.8');
  });

  test('is given to any other', () => {
    expect(admitDownload(installed, attempt, () => undefined)).toMatchObject({ set: { state: 'Released' } });
  });
});

describe('an order that its confirmation code has locked', () => {
  test('is refused again without a trace', () => {
    const locked = profileWith({
      confirmationCodeHash: hashConfirmationCode('2468'),
      confirmationCodeAttemptsLeft: 0,
      state: 'Error',
      errorStatus: '8.2.7/6.4',
    });
    const again = () => checkConfirmationCode(locked, attempt, Buffer.alloc(32));
    expect(refusalOf(again)).toBe('8.2.7/6.4');
  });
});

describe('the confirmation code check', () => {
  const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const hashCc = (code: string): Buffer => sha256(sha256(Buffer.from(code)), transactionId);
  const coded = { confirmationCodeHash: hashConfirmationCode('2468') };
  const check = (differences: Partial<Profile>, hash: Buffer | undefined) =>
    checkConfirmationCode(profileWith(differences), attempt, hash);

  test('passes the right code, and any where none is needed', () => {
    expect(check(coded, hashCc('2468'))).toBeUndefined();
    expect(check({}, hashCc('2468'))).toBeUndefined();
    expect(check({}, undefined)).toBeUndefined();
  });

  test('refuses a missing code with 8.2.7/2.2 and does not count it', () => {
    for (const hash of [undefined, Buffer.alloc(0)]) {
      expect(check(coded, hash)).toMatchObject({ set: {}, history: [], refusal: { status: '8.2.7/2.2' } });
    }
  });

  test('refuses a wrong code with 8.2.7/3.8 and counts it', () => {
    const change = check({ ...coded, confirmationCodeAttemptsLeft: 5 }, hashCc('0000'));
    expect(change?.set).toEqual({ confirmationCodeAttemptsLeft: 4 });
    expect(change?.refusal?.status).toBe('8.2.7/3.8');
    expect(change?.history).toMatchObject([
      { status: '8.2.7/3.8', cause: '4 attempts left', to: 'Released' },
    ]);
  });

  test('refuses even the right code with 8.2.7/6.4 when no attempts are left, and ends the order', () => {
    const change = check({ ...coded, confirmationCodeAttemptsLeft: 0 }, hashCc('2468'));
    expect(change?.set).toEqual({ state: 'Error', errorStatus: '8.2.7/6.4' });
    expect(change?.refusal?.status).toBe('8.2.7/6.4');
  });
});

describe('the delivery of a BPP', () => {
  const deliver = (differences: Partial<Profile>) => deliverBpp(profileWith(differences), attempt);

  test.each(['Released', 'Downloaded'] as const)('makes a %s profile Downloaded', (state) => {
    const { set, history } = deliver({ state, eid, errorStatus: null });
    expect(set).toEqual({
      state: 'Downloaded',
      boundTransactionId: transactionId,
      errorStatus: null,
      installedState: null,
      installedSeqNumber: null,
    });
    expect(history).toMatchObject([{ from: state, to: 'Downloaded', trigger: 'getBoundProfilePackage' }]);
  });

  test('is refused where another session ended the order', () => {
    expect(refusalOf(() => deliver({ state: 'Installed', eid }))).toBe('8.2/3.7');
    expect(refusalOf(() => deliver({ state: 'Available', eid }))).toBe('8.2/3.7');
  });

  test('links a one-time order to the eUICC that is served first', () => {
    const { set, history } = deliver({});
    expect(set).toMatchObject({ state: 'Downloaded', eid });
    expect(history).toEqual([
      {
        at: now,
        trigger: 'getBoundProfilePackage',
        from: 'Released',
        to: 'Downloaded',
        cause: 'BPP delivered, order linked to the EID',
        status: undefined,
        eid,
        transactionId: '00112233445566778899AABBCCDDEEFF',
      },
    ]);
  });

  test.each(['per-device', 'unlimited'] as const)('does not link an order that is %s', (reuse) => {
    const { set, history } = deliver({ reuse });
    expect(set.eid).toBeUndefined();
    expect(history).toMatchObject([{ cause: 'BPP delivered' }]);
  });

  test('is refused with 8.2/3.7 where another eUICC was served first, and the operator is told', () => {
    const { set, history, refusal, progress } = deliver({ state: 'Downloaded', eid: otherEid });
    expect([set, history, refusal?.status]).toEqual([{}, [], '8.2/3.7']);
    expect(progress).toMatchObject({ point: 3, failure: { status: '8.2/3.7' } });
  });

  test('is refused with 8.8.5/4.10 when the order has expired since', () => {
    const { set, refusal } = deliver({ validUntil: now - 1 });
    expect(set).toEqual({ state: 'Error', errorStatus: '8.8.5/4.10' });
    expect(refusal?.status).toBe('8.8.5/4.10');
  });
});

describe('the operator of a download', () => {
  const coded = { confirmationCodeHash: hashConfirmationCode('2468') };
  const told = ({ progress }: OrderChange) => [progress?.point, progress?.failure?.status];
  const refuse = (status: StatusCode) => () => {
    throw new Refusal(status, 'no');
  };

  test('is told that the eUICC was admitted, each time', () => {
    expect(told(admit({}))).toEqual([1, undefined]);
    expect(told(admit({ eid, downloadAttemptsLeft: 1 }))).toEqual([1, undefined]);
  });

  test('is told why the eUICC was not', () => {
    expect(told(admit({}, refuse('8.2.5/4.3')))).toEqual([1, '8.2.5/4.3']);
    expect(told(admit({}, refuse('8.1/4.8')))).toEqual([1, '8.1/4.8']);
    expect(told(admit({ downloadAttemptsLeft: 0 }))).toEqual([1, '8.8.5/6.4']);
    expect(told(admit({ validUntil: now }))).toEqual([1, '8.8.5/4.10']);
  });

  test('is told of confirmation codes that were not right', () => {
    const check = (differences: Partial<Profile>, hash?: Buffer) =>
      told(checkConfirmationCode(profileWith({ ...coded, ...differences }), attempt, hash)!);
    expect(check({})).toEqual([2, '8.2.7/2.2']);
    expect(check({}, Buffer.alloc(32))).toEqual([2, '8.2.7/3.8']);
    expect(check({ confirmationCodeAttemptsLeft: 0 }, Buffer.alloc(32))).toEqual([2, '8.2.7/6.4']);
  });

  test('is told that the BPP was delivered, or that the order had expired by then', () => {
    expect(told(deliverBpp(profileWith(), attempt))).toEqual([3, undefined]);
    expect(told(deliverBpp(profileWith({ validUntil: now }), attempt))).toEqual([3, '8.8.5/4.10']);
  });
});
