import { describe, expect, test } from 'vitest';
import { downloadState, lifeCycle, nextState, type Trigger } from '../../src/orders/index.js';
import { Refusal } from '../../src/wire/rsp/index.js';
import { profileStates, type ProfileState } from '../../src/store/index.js';

/** SGP.22 3.1.6, a column per state, in the order of {@link profileStates}. */
const matrix: Readonly<Record<Trigger, string>> = {
  //                       Available   Allocated   Linked      Confirmed   Released    Downloaded  Installed   Error       Unavailable
  allocate:
    '              Allocated   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3',
  link: '                  Linked      8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3',
  confirm:
    '               8.2.1/3.3   Confirmed   Confirmed   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3',
  confirmAndRelease:
    '     8.2.1/3.3   Released    Released    8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3   8.2.1/3.3',
  release:
    '               8.2.1/3.5   8.2.1/3.5   8.2.1/3.5   Released    Released    8.2.1/3.5   8.2.1/3.5   8.2.1/3.5   8.2.1/3.5',
  cancelToAvailable:
    '     8.2.1/3.3   Available   Available   Available   Available   8.2.1/3.3   8.2.1/3.3   Available   8.2.1/3.3',
  cancelToUnavailable:
    '   8.2.1/3.3   Unavailable Unavailable Unavailable Unavailable 8.2.1/3.3   8.2.1/3.3   Unavailable 8.2.1/3.3',
  authenticateClient:
    '    8.2.6/3.8   8.2/1.2     8.2/1.2     8.2/1.2     Released    Downloaded  8.2.6/3.8   8.2.6/3.8   8.2.6/3.8',
  getBoundProfilePackage:
    '8.2/3.7     8.2/3.7     8.2/3.7     8.2/3.7     Downloaded  Downloaded  8.2/3.7     8.2/3.7     8.2/3.7',
  postpone:
    '              -           -           -           -           Released    Downloaded  -           -           -',
  reject:
    '                -           -           -           -           Error       Error       -           -           -',
  installationSucceeded:
    ' -           -           -           -           -           Installed   -           Installed   -',
  installationInterrupted:
    '-          -           -           -           -           Downloaded  -           Error       -',
  installationFailed:
    '    -           -           -           -           -           Error       -           Error       -',
  releaseAgain:
    '          -           -           -           -           -           -           Released    -           -',
  giveUp:
    '                -           -           -           -           Error       Error       -           -           -',
  reset:
    '                 8.2.1/3.5   8.2.1/3.5   8.2.1/3.5   8.2.1/3.5   Released    Released    Released    Released    8.2.1/3.5',
  withdraw:
    '              Unavailable Unavailable Unavailable Unavailable Unavailable Unavailable Unavailable Unavailable Unavailable',
};

function outcome(state: ProfileState, trigger: Trigger): string {
  try {
    return nextState(state, trigger) ?? '-';
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}

describe('the life cycle', () => {
  test('has a row for every trigger', () => {
    expect(Object.keys(lifeCycle).sort()).toEqual(Object.keys(matrix).sort());
  });

  for (const [trigger, row] of Object.entries(matrix) as [Trigger, string][]) {
    const cells = row.trim().split(/\s+/);
    for (const [column, state] of profileStates.entries()) {
      test(`${trigger} of a profile that is ${state}: ${cells[column]}`, () => {
        expect(outcome(state, trigger)).toBe(cells[column]);
      });
    }
  }

  test('a refusal says what was tried and in which state', () => {
    expect(() => nextState('Installed', 'release')).toThrow('release is not possible: profile is Installed');
  });
});

describe('the state that a download starts from', () => {
  for (const state of ['Installed', 'Error'] as const) {
    test(`is ${state} for a one-time code that is ${state}`, () => {
      expect(downloadState({ state, reuse: 'once' })).toBe(state);
    });
    for (const reuse of ['per-device', 'unlimited'] as const) {
      test(`is Released for a code of reuse ${reuse} whose profile is ${state}`, () => {
        expect(downloadState({ state, reuse })).toBe('Released');
      });
    }
  }
  test('is the state itself where nothing has been used up', () => {
    for (const state of ['Confirmed', 'Released', 'Downloaded', 'Unavailable'] as const)
      expect(downloadState({ state, reuse: 'unlimited' })).toBe(state);
  });
});
