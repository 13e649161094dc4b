import { describe, expect, test } from 'vitest';
import { cancelDownload } from '../../src/orders/index.js';
import { attempt, otherEid, profileWith } from './support.js';

/** Reason, its name, and the status of the order after it; without a status the order stays as it is. */
const reasons: readonly [number, string, string | undefined][] = [
  [0, 'endUserRejection', '8.8.5/3.8'],
  [1, 'postponed', undefined],
  [2, 'timeout', undefined],
  [3, 'pprNotAllowed', '8.2.8/1.2'],
  [4, 'metadataMismatch', '8.2.9/3.11'],
  [5, 'loadBppExecutionError', '8.2.10/4.2'],
  [127, 'undefinedReason', '8/4.2'],
  [42, 'undefinedReason', '8/4.2'],
];

describe('a cancelled session', () => {
  for (const state of ['Released', 'Downloaded'] as const) {
    test.each(reasons)(`with reason %i (%s) of a profile that is ${state}`, (reason, name, status) => {
      const to = status ? 'Error' : state;
      const { set, history, progress } = cancelDownload(
        profileWith({ state }),
        attempt,
        reason,
        state === 'Released' ? 'authenticated' : 'bound',
      );
      expect(set).toEqual(status ? { state: to, errorStatus: status } : { state: to });
      expect(history).toMatchObject([{ trigger: 'cancelSession', from: state, to, cause: name, status }]);
      const point = state === 'Released' ? 2 : 3;
      expect(progress).toEqual(status && { point, failure: { status, message: name } });
    });
  }

  test('of an order that has ended otherwise leaves its state alone', () => {
    expect(cancelDownload(profileWith({ state: 'Installed' }), attempt, 0, 'bound').set).toEqual({
      state: 'Installed',
    });
  });

  test('of an order that another eUICC got first leaves all of it alone', () => {
    const elsewhere = profileWith({ state: 'Downloaded', eid: otherEid });
    expect(cancelDownload(elsewhere, attempt, 0, 'authenticated')).toEqual({ set: {}, history: [] });
  });
});
