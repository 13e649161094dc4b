import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { builtInProfileTypes, compileProfileType } from '../../src/profiles/index.js';
import { materialOn } from '../interfaces/es9plus/support/issuers.js';
import {
  everyFinding,
  outcomeOf,
  resultsIn,
  smdpAddress,
  startRecordedServer,
  type RecordedServer,
} from './support.js';

type Conversation = (server: RecordedServer) => Promise<unknown>;

/** Has a conversation with a server of its own. @returns the server with its journal */
async function recorded(
  conversation: Conversation,
  flags?: Parameters<typeof startRecordedServer>[0],
): Promise<RecordedServer> {
  const server = await startRecordedServer(flags);
  await conversation(server);
  return server;
}

const stoppingPoints = ['authenticateClient', 'prepareDownload', 'getBoundProfilePackage'] as const;

const conversations: readonly (readonly [name: string, expected: readonly string[], Conversation])[] = [
  [
    'an order that is tried again until its attempts are used up',
    ['authenticateClient 8.8.5/6.4'],
    async (server) => {
      const { matchingId } = await server.prepare({ downloadAttempts: 3 });
      const device = server.device();
      for (const stopAfter of stoppingPoints)
        await outcomeOf(device.download({ smdpAddress, matchingId, stopAfter }));
      await outcomeOf(device.download({ smdpAddress, matchingId }));
    },
  ],
  [
    'downloads that are cancelled, at every point and for several reasons',
    ['cancelSession Executed-Success'],
    async (server) => {
      for (const cancelAfter of stoppingPoints)
        for (const cancel of ['endUserRejection', 'postponed'] as const) {
          const { matchingId } = await server.prepare();
          await outcomeOf(server.device().download({ smdpAddress, matchingId, cancel, cancelAfter }));
        }
    },
  ],
  [
    'a confirmation code that is missing, wrong, and right',
    ['getBoundProfilePackage 8.2.7/2.2', 'getBoundProfilePackage 8.2.7/3.8'],
    async (server) => {
      const { matchingId } = await server.prepare({ confirmationCode: '4711' });
      const device = server.device();
      for (const confirmationCode of [undefined, '0815', '4711'])
        await outcomeOf(device.download({ smdpAddress, matchingId, confirmationCode }));
    },
  ],
  [
    'notifications, also repeated ones and those that are none',
    ['handleNotification 1.3.1/2.2', 'authenticateClient 8.2.6/3.8'],
    async (server) => {
      const { matchingId, iccid } = await server.prepare();
      const device = server.device();
      await device.download({ smdpAddress, matchingId });
      for (const change of ['enable', 'disable', 'delete'] as const) device[change](iccid);
      await device.sendNotifications();
      const { exchanges } = await server.export('function=handleNotification');
      for (const { request } of exchanges) await server.post('handleNotification', request!.body!);
      await server.post('handleNotification', { pendingNotification: 'AAAA' });
      await server.post('handleNotification', {});
      await outcomeOf(device.download({ smdpAddress, matchingId }));
      await server.call('POST', `/profiles/${iccid}/reset`, {});
      await device.download({ smdpAddress, matchingId });
    },
  ],
  [
    'requests that are repeated, of unknown sessions, and malformed',
    ['authenticateClient 8.10.1/3.9', 'getBoundProfilePackage 1.3.1/2.1'],
    async (server) => {
      const { matchingId } = await server.prepare();
      await server.device().download({ smdpAddress, matchingId });
      const { exchanges } = await server.export('secrets=true');
      for (const { function: name, request } of exchanges) {
        const body = JSON.parse(request!.body!) as object;
        await server.post(name, body);
        await server.post(name, { ...body, transactionId: 'abcd' });
        for (const malformed of ['{', '[]', '"ÄÖ"', '{"transactionId": 1}'])
          await server.post(name, malformed);
      }
    },
  ],
  [
    'orders that are removed by hand, made anew, and reset with all others',
    ['authenticateClient 8.2.6/3.8', 'authenticateClient 8.1.1/3.8'],
    async (server) => {
      const [device, other] = [server.device(), server.device()];
      const order = { matchingId: 'SAME', iccid: '8900101000000000019' };
      const tries = (by = device, stopAfter?: 'authenticateClient' | 'getBoundProfilePackage') =>
        outcomeOf(by.download({ smdpAddress, matchingId: 'SAME', stopAfter }));
      await server.prepare(order);
      await tries(device, 'getBoundProfilePackage');
      await server.call('DELETE', `/profiles/${order.iccid}`);
      await tries();
      await server.prepare(order);
      await tries();
      await server.call('POST', '/reset', { keep: ['journal'] });
      await tries();
      await server.prepare({ ...order, iccid: '8900101000000000027' });
      await tries(other, 'getBoundProfilePackage');
      await tries();
      await server.call('POST', '/profiles/8900101000000000027/reset', {});
      await server.call('POST', '/profiles/8900101000000000027/cancel', {});
      await tries(other);
    },
  ],
  [
    'several orders for one EID, some of which go away by hand',
    ['authenticateClient 8.1.1/3.8'],
    async (server) => {
      const device = server.device();
      const orders = [];
      for (let count = 0; count < 4; count++)
        orders.push(await server.prepare({ eid: device.eid, matchingId: '' }));
      await outcomeOf(device.download({ smdpAddress, stopAfter: 'authenticateClient' }));
      await server.call('POST', `/profiles/${orders[0]!.iccid}/cancel`, {});
      await outcomeOf(device.download({ smdpAddress }));
      await server.call('DELETE', `/profiles/${orders[2]!.iccid}`);
      await outcomeOf(device.download({ smdpAddress, matchingId: '' }));
      await outcomeOf(device.download({ smdpAddress }));
    },
  ],
  [
    'a MatchingID that is good for every device, and one that is good for ever',
    ['authenticateClient 8.2.6/3.8'],
    async (server) => {
      const [one, two] = [server.device(), server.device()];
      for (const reuse of ['per-device', 'unlimited']) {
        const { matchingId, iccid } = await server.prepare({ reuse });
        for (const device of [one, two, one]) {
          await outcomeOf(device.download({ smdpAddress, matchingId }));
          device.delete(iccid);
          await device.sendNotifications();
        }
      }
    },
  ],
  [
    'an order and a session that expire on a clock that is set',
    ['getBoundProfilePackage 8.10.1/3.9', 'authenticateClient 8.8.5/4.10'],
    async (server) => {
      const device = server.device();
      const { matchingId } = await server.prepare({ validUntil: '2041-01-01T00:00:00Z' });
      await server.call('PUT', '/clock', { freeze: true });
      await outcomeOf(device.download({ smdpAddress, matchingId, stopAfter: 'authenticateClient' }));
      const [step] = (await server.export('function=authenticateClient')).exchanges;
      for (const seconds of [600, 1]) {
        await server.call('PUT', '/clock', { advance: { seconds } });
        const transactionId = step!.session!;
        await server.post('getBoundProfilePackage', { transactionId, prepareDownloadResponse: 'AAAA' });
      }
      await server.call('PUT', '/clock', { now: '2041-01-02T00:00:00Z' });
      await outcomeOf(device.download({ smdpAddress, matchingId }));
      const long = await server.prepare({ validUntil: '1960-01-01T00:00:00Z' });
      await outcomeOf(device.download({ smdpAddress, matchingId: long.matchingId }));
    },
  ],
  [
    'profile types of its own: uploaded, and with keys that are replaced',
    [],
    async (server) => {
      const upp = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000005' });
      for (const personalise of ['none', 'all'])
        await fetch(`${server.operatorUrl}/api/v1/profile-types/${personalise}?personalise=${personalise}`, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/octet-stream' },
          body: upp,
        });
      await server.call('PUT', '/profile-types/replaced', { protection: 'random' });
      for (const profileType of ['none', 'none', 'all', 'replaced', 'generic-ppr1']) {
        const { matchingId } = await server.prepare({ profileType, metadata: { profileName: 'Mine' } });
        await server.device().download({ smdpAddress, matchingId });
      }
    },
  ],
  [
    'an eUICC on brainpoolP256r1',
    [],
    async (server) => {
      const { matchingId } = await server.prepare();
      await server.device({ material: materialOn(server, 'BRP') }).download({ smdpAddress, matchingId });
    },
  ],
];

describe('what is recorded is answered in the same way again:', () => {
  it.each(conversations)('%s', { timeout: 60_000 }, async (_name, expected, conversation) => {
    const server = await recorded(conversation);
    expect(resultsIn(await server.export())).toEqual(expect.arrayContaining([...expected]));
    expect(await everyFinding(server)).toEqual([]);
  });

  it('fault rules, though it was left to chance, to counters and to names on whom they act', async () => {
    const rules: readonly (readonly [rule: object, downloads: number])[] = [
      [{ function: 'authenticateClient', probability: 0.5, refuse: '8.8.5/4.10' }, 5],
      [{ function: 'getBoundProfilePackage', nth: 2, httpStatus: 503, name: 'second' }, 2],
      [{ function: 'handleNotification', times: 1, when: 'after', cut: 'close' }, 1],
      [{ edit: { 'serverSigned1.serverAddress': 'elsewhere' }, times: 1 }, 2],
      [{ edit: { 'serverSigned1.serverChallenge': { flip: -1 } } }, 1],
      [{ edit: { transactionId: 'AB' } }, 2],
      [{ edit: { serverCertificate: { certificate: 'expired' } } }, 1],
      [{ function: 'initiateAuthentication', answer: { transactionId: 'ABCD' } }, 1],
      [{ function: 'authenticateClient', when: 'after', refuse: '8.1/4.8', message: 'höö', delay: 20 }, 1],
      [{ edit: { 'boundProfilePackage.initialiseSecureChannelRequest.smdpOtpk': { flip: -1 } } }, 1],
    ];
    const server = await recorded(async (recording) => {
      for (const [rule, downloads] of rules) {
        expect((await recording.call('POST', '/faults', rule)).status).toBe(201);
        for (let count = 0; count < downloads; count++) {
          const { matchingId } = await recording.prepare();
          await outcomeOf(recording.device().download({ smdpAddress, matchingId }));
        }
        await recording.call('DELETE', '/faults');
      }
    });
    expect(await everyFinding(server)).toEqual([]);
  }, 60_000);

  it('events of an SM-DS, and addresses of nobody', async () => {
    const dsAddress = 'ds.example.com';
    const server = await recorded(
      async (recording) => {
        const device = recording.device();
        await recording.prepare({ eid: device.eid, smdsAddress: dsAddress });
        const isRegistered = async () =>
          (await recording.get<{ items: unknown[] }>('/sm-ds/events')).items.length > 0;
        while (!(await isRegistered())) await wait(20);
        for (let count = 0; count < 2; count++) await device.discover({ smdsAddresses: [dsAddress] });
        await outcomeOf(recording.device().download({ smdpAddress: 'nobody.example.com' }));
      },
      { dsAddress },
    );
    expect(resultsIn(await server.export('interface=ES11'))).not.toEqual([]);
    expect(await everyFinding(server)).toEqual([]);
  });
});
