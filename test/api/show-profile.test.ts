import { describe, expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { ProfileDetails } from '../../src/api/index.js';
import { builtInProfileTypes, compileProfileType } from '../../src/profiles/index.js';
import type { Download } from '../../src/store/index.js';
import { now, testApi, type TestApi } from './support.js';

const details = Compile(ProfileDetails);
const eid = '89049032123451234512345678901235';
const transactionId = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

/** A BPP of profile 1 leaves the server. */
async function deliver({ store }: TestApi): Promise<void> {
  await store.commit([
    {
      kind: 'updateProfile',
      id: 1,
      version: 1,
      set: { state: 'Downloaded', eid, boundTransactionId: transactionId },
      history: {
        at: now.getTime(),
        trigger: 'getBoundProfilePackage',
        from: 'Released',
        to: 'Downloaded',
        eid,
        transactionId: '00112233445566778899AABBCCDDEEFF',
      },
    },
  ]);
}

describe('GET /profiles/{iccid}', () => {
  test.each(['8900101000000000019', '8900101000000000019F', '8900101000000000019f', 'id:1'])(
    'finds a profile by %s',
    async (path) => {
      const { call } = await testApi();
      await call('POST', '/profiles', { label: 'this' });
      const { status, body } = await call('GET', `/profiles/${path}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ label: 'this', sharedBy: 1, history: [], notifications: [] });
      expect(details.Check(body)).toBe(true);
    },
  );

  test.each([
    ['8900101000000000027', 404],
    ['id:7', 404],
    ['id:0', 400],
    ['id:99999999999999999999', 400],
    ['abc', 400],
    ['8900101000000000019?matchingId=other', 404],
  ])('answers %s with %i', async (path, expected) => {
    const { call } = await testApi();
    await call('POST', '/profiles');
    expect((await call('GET', `/profiles/${path}`)).status).toBe(expected);
  });

  test('shows the history, and the notification that the eUICC owes', async () => {
    const api = await testApi();
    await api.call('POST', '/profiles');
    await deliver(api);
    const { body } = await api.call('GET', '/profiles/id:1');
    expect(details.Check(body)).toBe(true);
    expect(body.history).toEqual([
      {
        at: '2030-06-01T12:00:00.000Z',
        trigger: 'getBoundProfilePackage',
        from: 'Released',
        to: 'Downloaded',
        eid,
        transactionId: '00112233445566778899AABBCCDDEEFF',
      },
    ]);
    expect(body.notifications).toEqual([
      {
        received: false,
        at: '2030-06-01T12:00:00.000Z',
        operation: 'install',
        seqNumber: null,
        eid,
        transactionId: '00112233445566778899AABBCCDDEEFF',
        verified: false,
        outcome: 'expected, but not received',
      },
    ]);
  });

  test('shows notifications that were received, and expects none any more once installed', async () => {
    const api = await testApi();
    await api.call('POST', '/profiles');
    await deliver(api);
    await api.store.commit([
      { kind: 'updateProfile', id: 1, version: 2, set: { state: 'Installed' } },
      {
        kind: 'recordNotification',
        notification: {
          receivedAt: now.getTime() + 1000,
          verified: true,
          octets: Buffer.from('BF37', 'hex'),
          eid,
          iccid: '8900101000000000019',
          seqNumber: 0,
          operation: 'install',
          profileId: 1,
          key: 'k',
          outcome: 'acted upon',
        },
      },
    ]);
    const { body } = await api.call('GET', '/profiles/id:1');
    expect(details.Check(body)).toBe(true);
    expect(body.notifications).toEqual([
      {
        received: true,
        at: '2030-06-01T12:00:01.000Z',
        operation: 'install',
        seqNumber: 0,
        eid,
        verified: true,
        outcome: 'acted upon',
      },
    ]);
  });

  test('shows what each device has of a code that many may use, and which result each owes', async () => {
    const api = await testApi();
    await api.call('POST', '/profiles', { reuse: 'unlimited' });
    const download: Download = {
      ...{ profileId: 1, version: 1, errorStatus: null, installedState: null, installedSeqNumber: null },
      ...{ eid, boundTransactionId: transactionId, updatedAt: now.getTime() },
      state: 'Downloaded',
    };
    const other = { ...download, eid: '89049032123451234512345678901334', updatedAt: now.getTime() + 1000 };
    await api.store.commit([
      { kind: 'saveDownload', download },
      {
        kind: 'saveDownload',
        download: { ...other, state: 'Installed', installedState: 'enabled', boundTransactionId: null },
      },
    ]);
    const { body } = await api.call('GET', '/profiles/id:1');
    expect(details.Check(body)).toBe(true);
    expect(body.devices).toEqual([
      {
        ...{ eid: other.eid, at: '2030-06-01T12:00:01.000Z', state: 'Installed', installedState: 'enabled' },
        ...{ errorStatus: null, transactionId: null },
      },
      {
        ...{ eid, at: '2030-06-01T12:00:00.000Z', state: 'Downloaded', installedState: null },
        ...{ errorStatus: null, transactionId: '00112233445566778899AABBCCDDEEFF' },
      },
    ]);
    expect(body.notifications).toMatchObject([
      { received: false, eid, outcome: 'expected, but not received' },
    ]);
  });

  test('keeps the confirmation code and every key to itself', async () => {
    const { call } = await testApi();
    await call('POST', '/profiles', { confirmationCode: '9753197531' });
    const { body } = await call('GET', '/profiles/id:1');
    expect(JSON.stringify(body)).not.toMatch(/9753197531|hash|personal/i);
    expect(body.confirmationCodeRequired).toBe(true);
  });

  test('shows the newest of several that share an ICCID, or the one that is picked', async () => {
    const api = await testApi();
    const upp = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000005' });
    await api.profileTypes.put({
      name: 'fixed',
      source: { kind: 'uploaded', upp, personalise: 'none' },
      metadata: {},
      protection: 'session',
    });
    const first = await api.call('POST', '/profiles', { profileType: 'fixed', matchingId: 'ONE' });
    await api.call('POST', '/profiles', { profileType: 'fixed', matchingId: 'TWO' });
    expect(first.headers['location']).toBe('/api/v1/profiles/id:1');
    const shown = async (path: string) => (await api.call('GET', path)).body;
    const path = '/profiles/8988211000000000005';
    expect(await shown(path)).toMatchObject({ matchingId: 'TWO', sharedBy: 2 });
    expect(await shown(`${path}?matchingId=ONE`)).toMatchObject({ matchingId: 'ONE', sharedBy: 2 });
    expect(await shown('/profiles/id:1')).toMatchObject({ matchingId: 'ONE', sharedBy: 2 });
  });
});
