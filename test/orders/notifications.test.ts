import { describe, expect, test } from 'vitest';
import {
  installationFailed,
  installationProgress,
  installationReported,
  profileInstalled,
  profileManaged,
  type ManagementReport,
} from '../../src/orders/index.js';
import { ErrorReason } from '../../src/wire/rsp/index.js';
import { profileStates, type InstalledState, type Profile } from '../../src/store/index.js';
import { attempt, eid, otherEid, profileWith } from './support.js';

const downloaded = profileWith({ state: 'Downloaded' });
const notUnderWay = profileStates.filter((state) => state !== 'Downloaded' && state !== 'Error');

describe('a ProfileInstallationResult', () => {
  test('of success makes a downloaded profile Installed, and disabled as SGP.22 has it', () => {
    const change = profileInstalled(downloaded, attempt, 7);
    expect(change?.set).toEqual({
      state: 'Installed',
      errorStatus: null,
      installedState: 'disabled',
      installedSeqNumber: 7,
    });
    expect(change?.history).toMatchObject([
      { trigger: 'notification install', from: 'Downloaded', to: 'Installed' },
    ]);
  });

  test('of success that arrives after a later notification leaves what that one said', () => {
    const enabled = profileWith({ state: 'Downloaded', installedState: 'enabled', installedSeqNumber: 8 });
    expect(profileInstalled(enabled, attempt, 7)?.set).toEqual({ state: 'Installed', errorStatus: null });
  });

  test.each(notUnderWay)('is no news for a profile that is %s', (state) => {
    expect(profileInstalled(profileWith({ state }), attempt, 7)).toBeUndefined();
    expect(installationFailed(profileWith({ state }), attempt, 1)).toBeUndefined();
  });

  test('of success counts for an order that the device has ended before', () => {
    const ended = profileWith({ state: 'Error', errorStatus: '8.8.5/3.8' });
    expect(profileInstalled(ended, attempt, 7)?.set).toMatchObject({ state: 'Installed', errorStatus: null });
  });

  test.each([1, 10])(
    'of failure (%i) leaves the code that ended the order, and stands in the history',
    (reason) => {
      const change = installationFailed(
        profileWith({ state: 'Error', errorStatus: '8.8.5/3.8' }),
        attempt,
        reason,
      );
      expect(change?.set).toEqual({ state: 'Error' });
      expect(change?.history).toMatchObject([{ from: 'Error', to: 'Error', status: '8.2.10/4.2' }]);
    },
  );

  test('does nothing to an order that went to another eUICC', () => {
    const elsewhere = profileWith({
      state: 'Downloaded',
      eid: otherEid,
      boundTransactionId: attempt.transactionId,
    });
    expect(installationReported(elsewhere, attempt, { seqNumber: 1 })).toBeUndefined();
    expect(installationReported(elsewhere, attempt, { seqNumber: 1, errorReason: 12 })).toBeUndefined();
  });

  const temporary = ['installFailedDueToInsufficientMemoryForProfile', 'installFailedDueToInterruption'];
  test.each(Object.entries(ErrorReason))(
    'of failure with %s (%i) ends the order unless it is temporary',
    (name, reason) => {
      const change = installationFailed(downloaded, attempt, reason);
      const isTemporary = temporary.includes(name);
      expect(change?.set).toEqual(
        isTemporary ? { state: 'Downloaded' } : { state: 'Error', errorStatus: '8.2.10/4.2' },
      );
      expect(change?.history).toMatchObject([{ cause: name, status: '8.2.10/4.2' }]);
    },
  );

  test('of failure for a reason that nobody knows ends the order too', () => {
    const change = installationFailed(downloaded, attempt, 99);
    expect(change?.set.state).toBe('Error');
    expect(change?.history).toMatchObject([{ cause: 'errorReason 99' }]);
  });
});

describe('notifications of an installed profile', () => {
  type Notification = readonly [InstalledState, number];
  const after = (...notifications: Notification[]): Profile =>
    notifications.reduce<Profile>(
      (profile, [to, seqNumber]) => ({
        ...profile,
        ...profileManaged(profile, attempt, { to, seqNumber }).set,
      }),
      profileWith({ state: 'Installed', installedState: 'disabled' }),
    );

  test('say what the profile is', () => {
    expect(after(['enabled', 1])).toMatchObject({ installedState: 'enabled', installedSeqNumber: 1 });
    expect(after(['enabled', 1], ['disabled', 2], ['deleted', 3]).installedState).toBe('deleted');
  });

  test('count from 0', () => {
    expect(after(['enabled', 0])).toMatchObject({ installedState: 'enabled', installedSeqNumber: 0 });
    expect(after(['enabled', 1], ['deleted', 0]).installedState).toBe('enabled');
  });

  test('lead to the same end in whatever order they arrive', () => {
    const inOrder: Notification[] = [
      ['enabled', 1],
      ['disabled', 2],
      ['deleted', 3],
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders)
      expect(after(...order.map((index) => inOrder[index]!))).toMatchObject({
        installedState: 'deleted',
        installedSeqNumber: 3,
      });
  });

  test('that arrive late stand in the history, with the reason why they change nothing', () => {
    const profile = profileWith({ state: 'Installed', installedState: 'deleted', installedSeqNumber: 9 });
    const { set, history } = profileManaged(profile, attempt, { to: 'enabled', seqNumber: 8 });
    expect(set).toEqual({});
    expect(history).toMatchObject([
      { trigger: 'notification enable', cause: 'arrived after a newer notification' },
    ]);
  });

  test('do not touch the state of the order', () => {
    for (const to of ['enabled', 'disabled', 'deleted'] as const)
      expect(after([to, 1]).state).toBe('Installed');
  });
});

describe('the operator of an installed profile', () => {
  const resultData = {
    profileInstallationResultData: Buffer.from('bf2700', 'hex'),
    pendingNotification: Buffer.from('bf3703bf2700', 'hex'),
  };
  const installed = profileWith({ state: 'Installed', eid, installedSeqNumber: 4 });

  test('is told of the result, with the data that the eUICC signed', () => {
    expect(installationProgress(resultData)).toEqual({ point: 4, failure: undefined, resultData });
    expect(installationProgress(resultData, 9)).toEqual({
      point: 4,
      failure: { status: '8.2.10/4.2', message: 'installFailedDueToIccidAlreadyExistsOnEuicc' },
      resultData,
    });
  });

  test('is told what the eUICC reports, unless that came too late to be true', () => {
    const told = (to: InstalledState, seqNumber: number) =>
      profileManaged(installed, attempt, { to, seqNumber }).progress?.point;
    expect(told('enabled', 5)).toBe('enable');
    expect(told('disabled', 5)).toBe('disable');
    expect(told('deleted', 5)).toBe('delete');
    expect(told('deleted', 3)).toBeUndefined();
  });
});

describe('a profile that was deleted', () => {
  const installed = { state: 'Installed', eid, installedSeqNumber: 4 } as const;
  const deleted = (differences: Partial<Profile>, report: Partial<ManagementReport> = {}) =>
    profileManaged(profileWith({ ...installed, ...differences }), attempt, {
      ...{ to: 'deleted', seqNumber: 5, afterDeletion: 'releasedAgain' },
      ...report,
    });

  test('stays spent, unless its operator wants otherwise', () => {
    for (const afterDeletion of [undefined, 'staysSpent'] as const)
      expect(deleted({}, { afterDeletion }).set).toEqual({
        installedState: 'deleted',
        installedSeqNumber: 5,
      });
  });

  test('is released again where its operator wants that, for the eUICC that was named in the order', () => {
    const { set, history } = deleted({});
    expect(set).toEqual({ state: 'Released', installedState: 'deleted', installedSeqNumber: 5 });
    expect(history).toMatchObject([
      {
        trigger: 'notification delete',
        from: 'Installed',
        to: 'Released',
        cause: 'the operator offers the profile again',
      },
    ]);
  });

  test('is released again for any eUICC where the order had named none', () => {
    expect(deleted({}, { isLinkedByDownload: true }).set).toMatchObject({ state: 'Released', eid: null });
  });

  test.each([
    ['a report that is older than the installation', {}, { seqNumber: 3 }],
    ['a report that it was disabled', {}, { to: 'disabled' }],
    ['a report about a profile that is being downloaded again', { state: 'Downloaded' }, {}],
    ['a report about a profile that was cancelled', { state: 'Unavailable' }, {}],
    ['a report about a code that is good for every device', { reuse: 'per-device' }, {}],
  ] as const)('is not released again by %s', (_, differences, report) => {
    expect(deleted(differences, report).set.state).toBeUndefined();
  });
});
