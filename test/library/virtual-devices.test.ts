import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectMockSmdp, startMockSmdp, type JournalEvent, type MockSmdp } from '../../src/index.js';

let smdp: MockSmdp;
beforeAll(async () => {
  smdp = await startMockSmdp();
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

const statusOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: { status: number; errors: readonly { field: string }[] }) => [
      error.status,
      ...error.errors.map(({ field }) => field),
    ],
  );

describe('a device in the process of the server', () => {
  it('downloads over TLS, enables, disables, deletes, and the server knows', async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const { name, eid } = await smdp.devices.create();
    const download = await smdp.devices.download(name, activationCode!);
    expect(download).toMatchObject({ state: 'done', result: { outcome: 'installed', iccid } });
    expect(download.steps.map(({ step }) => step)).toContain('getBoundProfilePackage');
    expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed', eid });

    for (const [change, installedState] of [
      ['enable', 'enabled'],
      ['disable', 'disabled'],
      ['deleteProfile', 'deleted'],
    ] as const) {
      const { result } = await smdp.devices[change](name, iccid);
      expect(result).toMatchObject({ outcome: 'ok', notifications: [{ error: null }] });
      expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState });
    }
    const details = await smdp.devices.get(eid);
    expect(details).toMatchObject({ name, state: 'idle', profiles: [], waitingNotifications: 0 });
    expect(details.operations.map(({ action }) => action)).toEqual([
      'download',
      'enable',
      'disable',
      'delete',
    ]);
  });

  it('asks its user as a phone does: for consent, then for the confirmation code', async () => {
    const { activationCode, iccid } = await smdp.profiles.create({ confirmationCode: '1234' });
    await smdp.devices.create({ name: 'anna', platform: 'phone', user: { consent: 'ask' } });
    const asking = await smdp.devices.download('anna', activationCode!);
    expect(asking).toMatchObject({
      state: 'asking',
      question: { asks: 'consent', iccid, serviceProviderName: 'Mock MNO', confirmationCodeRequired: true },
    });
    expect(await statusOf(smdp.devices.download('anna'))).toEqual([409, 'device']);
    expect(await smdp.devices.consent('anna')).toMatchObject({ question: { asks: 'confirmationCode' } });
    expect(await statusOf(smdp.devices.consent('anna'))).toEqual([400, 'confirmationCode']);
    const done = await smdp.devices.consent('anna', { confirmationCode: '1234' });
    expect(done).toMatchObject({ id: 1, state: 'done', result: { outcome: 'installed' } });
    expect(await statusOf(smdp.devices.consent('anna'))).toEqual([409]);
  });

  it.each([
    ['no', 'endUserRejection'],
    ['notNow', 'postponed'],
  ] as const)('cancels when its user answers %s', async (answer, reason) => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const { name } = await smdp.devices.create({ user: { consent: 'ask' } });
    await smdp.devices.download(name, activationCode!);
    const { result } = await smdp.devices.consent(name, { answer });
    expect(result).toMatchObject({ outcome: 'cancelled', reason });
    expect(await smdp.profiles.get(iccid)).toMatchObject({
      state: reason === 'postponed' ? 'Released' : 'Error',
    });
  });

  it('tells why a download fails, in an answer', async () => {
    const { name } = await smdp.devices.create();
    expect(await smdp.devices.download(name, `LPA:1$${smdp.address}$NOBODY`)).toMatchObject({
      state: 'failed',
      error: { name: 'ServerRefusal', step: 'authenticateClient', status: '8.2.6/3.8' },
    });
    expect(await smdp.devices.download(name, smdp.magic('BPP-MAC-3'))).toMatchObject({
      error: { name: 'InstallationFailed', errorReason: 'scp03tSecurityError' },
    });
    expect(await smdp.devices.enable(name, '8900100000000000010')).toMatchObject({
      error: { name: 'ProfileChangeRefused', code: 'iccidOrAidNotFound' },
    });
  });

  it('names the session of a download, and what devices of other systems would say', async () => {
    const { name } = await smdp.devices.create();
    const refused = await smdp.devices.download(name, { matchingId: 'ERR-8-1-1-3-8' });
    expect(refused.error).toMatchObject({
      transactionId: refused.transactionId,
      whatDevicesSay: { windows: { errorDetail: 10 }, android: { detailedCode: '0x0A811038' } },
    });
    const session = await smdp.journal.session(refused.transactionId!);
    expect(session).toMatchObject({ outcome: 'refused', status: '8.1.1/3.8' });
    expect(refused.error?.whatDevicesSay).toEqual(session.whatDevicesSay);

    const { activationCode, iccid } = await smdp.profiles.create();
    const cancelled = await smdp.devices.download(name, { activationCode: activationCode!, consent: 'no' });
    expect(cancelled).toMatchObject({
      transactionId: cancelled.result?.transactionId,
      result: { outcome: 'cancelled', whatDevicesSay: { android: { result: expect.any(String) as string } } },
    });
    await smdp.profiles.reset(iccid);
    const installed = await smdp.devices.download(name, activationCode!);
    expect(installed.transactionId).toBe(installed.result?.transactionId);
    const unreachable = await smdp.devices.download(name, { smdpAddress: 'localhost:1' });
    expect(unreachable).toMatchObject({ state: 'failed', transactionId: null });
    expect(unreachable.error).not.toHaveProperty('transactionId');
    expect(unreachable.error?.whatDevicesSay).toMatchObject({ windows: { errorDetail: 14 } });
  });

  it('has nicknames for its profiles', async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const { name } = await smdp.devices.create();
    await smdp.devices.download(name, activationCode!);
    expect((await smdp.devices.get(name)).profiles).toMatchObject([{ nickname: null }]);
    const named = await smdp.devices.setNickname(name, iccid, 'Work');
    expect(named).toMatchObject({ action: 'nickname', state: 'done', result: { outcome: 'ok', iccid } });
    expect((await smdp.devices.get(name)).profiles).toMatchObject([{ nickname: 'Work' }]);
    await smdp.devices.setNickname(name, iccid, '');
    expect((await smdp.devices.get(name)).profiles).toMatchObject([{ nickname: null }]);
    const unknown = await smdp.devices.setNickname(name, '8988300000000000099', 'Work');
    expect(unknown).toMatchObject({ state: 'failed', error: { code: 'iccidNotFound' } });
    expect(await statusOf(smdp.devices.setNickname(name, iccid, 'x'.repeat(65)))).toEqual([400, 'nickname']);
  });

  it('does not let the user of a PC change profiles while its eSIM settings are switched off', async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const { name } = await smdp.devices.create({ platform: 'windows' });
    await smdp.devices.download(name, activationCode!);
    const localUi = (value: string): string =>
      `<Replace><CmdID>1</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/eUICCs/Default/Policies/LocalUIEnabled</LocURI></Target><Meta><Format>bool</Format></Meta><Data>${value}</Data></Item></Replace>`;
    await smdp.management.syncMl(name, localUi('false'));
    for (const change of ['enable', 'disable', 'deleteProfile'] as const) {
      expect(await statusOf(smdp.devices[change](name, iccid))).toEqual([409, 'device']);
      await expect(smdp.devices[change](name, iccid)).rejects.toThrow(/LocalUIEnabled is false/);
    }
    await smdp.management.syncMl(name, localUi('true'));
    expect(await smdp.devices.enable(name, iccid)).toMatchObject({ state: 'done' });
  });

  it('fails on purpose as its card properties say, until they are changed', async () => {
    const { activationCode } = await smdp.profiles.create({ reuse: 'unlimited' });
    const { name, card } = await smdp.devices.create({ card: { memoryFull: true, svn: '2.2.0' } });
    expect(card).toEqual({ memoryFull: true, svn: '2.2.0' });
    const download = () => smdp.devices.download(name, activationCode!);
    expect(await download()).toMatchObject({
      error: {
        name: 'InstallationFailed',
        errorReason: 'installFailedDueToInsufficientMemoryForProfile',
      },
    });
    await smdp.devices.change(name, { card: { userRefuses: 'postponed', failTimes: 1 } });
    expect((await download()).result).toMatchObject({ outcome: 'cancelled', reason: 'postponed' });
    expect((await download()).result).toMatchObject({ outcome: 'installed' });
    await smdp.devices.change(name, { card: {} });
    expect(await smdp.devices.get(name)).toMatchObject({ card: {}, profiles: [{ state: 'disabled' }] });
  });

  it('uses the curve that its card properties name', async () => {
    const { activationCode } = await smdp.profiles.create();
    const { name } = await smdp.devices.create({ card: { curve: 'brainpoolP256r1' } });
    expect((await smdp.devices.download(name, activationCode!)).result).toMatchObject({
      outcome: 'installed',
    });
  });

  it('finds the order of its EID, at this server or at its default SM-DP+', async () => {
    const { name, eid } = await smdp.devices.create();
    expect(await statusOf(smdp.devices.discover(name))).toEqual([409, 'smdpAddress']);
    const byEid = { eid, matchingId: '' };
    const [first, second] = [await smdp.profiles.create(byEid), await smdp.profiles.create(byEid)];
    expect((await smdp.devices.download(name)).result).toMatchObject({ iccid: first.iccid });
    await smdp.devices.change(name, { defaultSmdpAddress: smdp.address });
    expect((await smdp.devices.discover(name)).result).toMatchObject({
      downloads: [{ address: smdp.address, matchingId: null, outcome: 'installed', iccid: second.iccid }],
    });
  });

  it('keeps notifications until it is told to send them, and is reset', async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const { name } = await smdp.devices.create();
    await smdp.devices.download(name, activationCode!);
    await smdp.devices.enable(name, iccid, { sendNotifications: false });
    expect(await smdp.devices.notifications(name)).toMatchObject([{ operation: 'enable', iccid }]);
    expect((await smdp.devices.sendNotifications(name)).result).toMatchObject({
      notifications: [{ operation: 'enable', error: null }],
    });
    expect((await smdp.devices.reset(name)).result).toMatchObject({
      outcome: 'ok',
      removed: [iccid],
      notifications: [{ operation: 'delete', error: null }],
    });
    expect((await smdp.devices.reset(name)).result).toMatchObject({ outcome: 'nothingToDelete' });
  });

  it('starts at once where nobody waits, and is asked for the end', async () => {
    const { activationCode } = await smdp.profiles.create();
    const { name } = await smdp.devices.create();
    const { id, state } = await smdp.devices.download(name, activationCode!, { wait: false });
    expect(state).toBe('running');
    expect(await smdp.devices.operation(name, id)).toMatchObject({ state: 'done' });
    expect(await statusOf(smdp.devices.operation(name, 9))).toEqual([404]);
  });

  it('refuses what cannot be', async () => {
    const { name } = await smdp.devices.create();
    const { devices } = smdp;
    expect(await statusOf(devices.create({ name }))).toEqual([409, 'name']);
    expect(await statusOf(devices.create({ name: '1'.repeat(32) }))).toEqual([400, 'name']);
    expect(await statusOf(devices.create({ card: { svn: '2.5' } }))).toEqual([400, 'card.svn']);
    expect(await statusOf(devices.create({ card: { failStatus: 3 } }))).toEqual([400, 'card.failStatus']);
    expect(await statusOf(devices.create({ rootSmdsAddresses: ['https://x'] }))).toEqual([
      400,
      'rootSmdsAddresses.0',
    ]);
    expect(await statusOf(devices.create({ server: { connect: 'a b' } }))).toEqual([400, 'server.connect']);
    const noCertificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    for (const ca of ['certs/ci.pem', noCertificate])
      expect(await statusOf(devices.create({ server: { ca } }))).toEqual([400, 'server.ca']);
    expect(await statusOf(smdp.call('POST', `/devices/${name}/profiles/x%2F/enable`))).toEqual([
      400,
      'iccid',
    ]);
    expect(await statusOf(devices.download(name, 'LPA:2$x'))).toEqual([400, 'activationCode']);
    expect(await statusOf(devices.download(name, { activationCode: '1$x$y', matchingId: 'y' }))).toEqual([
      400,
      'matchingId',
    ]);
    expect(await statusOf(devices.get('nobody'))).toEqual([404]);
    expect(await statusOf(smdp.call('GET', `/devices/${name}/operations/x`))).toEqual([400, 'operation']);
    expect(await statusOf(smdp.call('POST', `/devices/${name}/reset?wait=soon`))).toEqual([400, 'wait']);
  });
});

describe('devices in the process of the server', () => {
  it('belong to the namespace in which they were made', async () => {
    const one = smdp.namespace('one');
    const { name } = await one.devices.create();
    expect(await one.devices.list()).toMatchObject([{ name, namespace: 'one' }]);
    await expect(smdp.namespace('other').devices.get(name)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining(
        `the namespace 'other' has no device '${name}', but there is one in the namespace 'one'`,
      ) as string,
    });
    expect(await smdp.devices.list()).toHaveLength(1);
    expect(await smdp.server.namespaces()).toMatchObject([{ name: 'one', devices: 1 }]);
    await one.reset({ keep: ['devices'] });
    expect(await one.devices.list()).toHaveLength(1);
    await one.reset();
    expect(await smdp.devices.list()).toEqual([]);
  });

  it('tell in the event stream what they do', async () => {
    const { activationCode, iccid, matchingId } = await smdp.profiles.create();
    const seen: JournalEvent[] = [];
    const events = smdp.journal.events({ since: await smdp.journal.mark() });
    await smdp.devices.create({ name: 'anna' });
    await smdp.devices.download('anna', activationCode!);
    for await (const event of events) {
      seen.push(event);
      if (event.kind === 'device' && event.event === 'ended') break;
    }
    const told = seen.flatMap((event) => (event.kind === 'device' ? [event] : []));
    expect(told.map(({ event }) => event)).toEqual([
      ...['made', 'started', 'step', 'step', 'step', 'step', 'step', 'step', 'step', 'ended'],
    ]);
    expect(told.at(-1)).toMatchObject({
      ...{ device: 'anna', iccid, matchingId, operation: { action: 'download', state: 'done' } },
    });
  });

  it('end in the middle of a question when the server is reset', async () => {
    const { activationCode } = await smdp.profiles.create();
    await smdp.devices.create({ name: 'anna', user: { consent: 'ask' } });
    await smdp.devices.download('anna', activationCode!);
    await smdp.reset();
    expect(await smdp.devices.list()).toEqual([]);
    expect(await smdp.devices.create({ name: 'anna' })).toMatchObject({ state: 'idle' });
  });

  it('speak to another SM-DP+ with the eUICC that it has made', async () => {
    const other = await startMockSmdp();
    try {
      const euicc = await other.pki.euicc();
      const { tlsCertificates: ca, warnings, ...given } = euicc;
      expect(warnings).toEqual([]);
      const server = { ca, connect: new URL(other.deviceUrl).host };
      const { name, eid } = await smdp.devices.create({ euicc: given, server });
      expect(eid).toBe(euicc.eid);
      const { activationCode, iccid } = await other.profiles.create();
      expect(await smdp.devices.download(name, activationCode!)).toMatchObject({ state: 'done' });
      expect(await other.profiles.get(iccid)).toMatchObject({ state: 'Installed', eid });
    } finally {
      await other.close();
    }
  });

  it('are there for a client over HTTP too', async () => {
    const client = await connectMockSmdp(smdp.operatorUrl);
    try {
      const { activationCode } = await client.profiles.create();
      const { name } = await client.devices.create();
      expect(await client.devices.download(name, activationCode!)).toMatchObject({ state: 'done' });
    } finally {
      await client.close();
    }
  });
});
