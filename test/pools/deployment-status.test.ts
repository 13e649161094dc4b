import { describe, expect, it } from 'vitest';
import { prepareProfiles, type ProfileRequest } from '../../src/orders/index.js';
import {
  cellularStatusOf,
  deploymentStatusOf,
  collectMdmCodes,
  reasonLeftOut,
} from '../../src/pools/index.js';
import { profileStates, type DeviceContact, type Profile } from '../../src/store/index.js';
import { codes } from './support/codes.js';
import { now, orders } from './support/fixture.js';

const none: DeviceContact = { at: null, lastStatus: null, isOngoing: false };
const profile = (set: Partial<Profile>) => ({ state: 'Released', installedState: null, ...set }) as Profile;

describe('the status that an MDM administrator sees', () => {
  it.each([
    ['Available', 'Device not synced'],
    ['Allocated', 'Device not synced'],
    ['Linked', 'Device not synced'],
    ['Confirmed', 'Device not synced'],
    ['Released', 'Device not synced'],
    ['Downloaded', 'Activation pending'],
    ['Installed', 'Active'],
    ['Error', 'Activation fail'],
    ['Unavailable', 'Activation fail'],
  ] as const)('of a profile that is %s is %s', (state, status) => {
    expect(deploymentStatusOf(profile({ state }), none)).toBe(status);
  });

  it('knows every state', () => {
    for (const state of profileStates)
      expect(deploymentStatusOf(profile({ state }), none)).toEqual(expect.any(String));
  });

  it('of a code that a device is asking for is Activation pending', () => {
    expect(deploymentStatusOf(profile({}), { ...none, at: 1, isOngoing: true })).toBe('Activation pending');
  });

  it.each(['Released', 'Downloaded'] as const)(
    'of a %s one whose last attempt failed is Activation fail',
    (state) => {
      const failed = { at: 1, lastStatus: '8.2.10/4.2', isOngoing: true };
      expect(deploymentStatusOf(profile({ state }), failed)).toBe('Activation fail');
    },
  );

  it.each([
    [null, 'Unknown'],
    ['enabled', 'Enabled'],
    ['disabled', 'Disabled'],
    ['deleted', 'Deleted'],
  ] as const)('beside %s is the cellular status %s', (installedState, status) => {
    expect(cellularStatusOf(profile({ state: 'Installed', installedState }))).toBe(status);
  });
});

describe('a code for an MDM system', () => {
  const eid = '89049032123451234512345678901235';

  async function made(...requests: ProfileRequest[]) {
    const context = await orders();
    const { store } = context;
    await prepareProfiles(
      context,
      requests.map((request, index) => {
        const [iccid = '', matchingId = ''] = codes(index + 1)
          .at(-1)!
          .split(',');
        return { iccid, matchingId, pool: 'p', ...request };
      }),
    );
    return store;
  }

  it.each<[reason: string, request: ProfileRequest]>([
    ['eid', { eid }],
    ['confirmationCode', { confirmationCode: '1234' }],
    ['matchingId', { matchingId: 'ABC-123' }],
    ['state', { state: 'Confirmed' }],
    ['downloadAttempts', { downloadAttempts: 0 }],
    ['expired', { validUntil: '2030-05-31T12:00:00Z' }],
  ])('is none because of its %s', async (reason, request) => {
    const store = await made(request, {});
    const found = await collectMdmCodes(store, 'p', now.getTime());
    expect(found.leftOut).toEqual({ [reason]: 1 });
    expect(found.codes).toHaveLength(1);
    expect(found).toMatchObject({ profileTypes: ['generic'], operators: [null] });
  });

  it('is none where several profiles have its ICCID', () => {
    const shared = profile({
      sharedIccid: true,
      eid: null,
      confirmationCodeHash: null,
      matchingId: codes(1)[0]!.split(',')[1]!,
    });
    expect(reasonLeftOut(shared, 0)).toBe('iccid');
  });
});
