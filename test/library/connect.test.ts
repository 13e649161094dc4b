import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectMockSmdp,
  ConnectionError,
  ControlError,
  startMockSmdp,
  VerificationError,
  type ConnectedSmdp,
  type MockSmdp,
} from '../../src/index.js';
import { startServerProcess, type ServerProcess } from './support/start-server-process.js';

const token = 'sixteen-characters';

describe('connectMockSmdp', () => {
  let server: MockSmdp;
  let smdp: ConnectedSmdp;
  beforeAll(async () => {
    server = await startMockSmdp({ adminToken: token, dsAddress: 'smds.example.com' });
    smdp = await connectMockSmdp(server.operatorUrl, { token });
  });
  afterAll(async () => {
    await smdp.close();
    await server.close();
  });

  it('knows of a server what its own process knows', () => {
    const { address, deviceUrl, operatorUrl, adminToken, ca } = server;
    expect(smdp).toMatchObject({ address, deviceUrl, operatorUrl, adminToken, name: undefined });
    expect(smdp.ca).toContain(ca.trim());
    expect(smdp.warnings).toEqual(server.warnings);
    expect(smdp.magic('BPP-MAC-3')).toBe(server.magic('BPP-MAC-3'));
  });

  it('gives devices that download, each with an EID of its own', async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const [device, other] = [await smdp.device(), await smdp.device()];
    expect(device.eid).not.toBe(other.eid);
    expect(await device.download(activationCode)).toMatchObject({ outcome: 'installed', iccid });
    expect(await server.profiles.waitFor(iccid, 'Installed')).toMatchObject({ eid: device.eid });
    const given = await smdp.device({ eid: '89049032000000000000000000000163' });
    expect(given.eid).toBe('89049032000000000000000000000163');
  });

  it('raises what the server refuses as the library does', async () => {
    const refused = smdp.profiles.get('8949449999000000010');
    await expect(refused).rejects.toBeInstanceOf(ControlError);
    await expect(refused).rejects.toMatchObject({ status: 404 });
    await expect(smdp.device({ eid: '1' })).rejects.toMatchObject({ status: 400, message: /eid/ });
    const expectation = { expect: { function: 'cancelSession' } } as const;
    await expect(smdp.verify(expectation)).rejects.toBeInstanceOf(VerificationError);
  });

  it('sends files, and gets them', async () => {
    const eids = 'eid\n89049032000000000000000000000163\n';
    expect(await smdp.manifests.import(eids)).toMatchObject({ added: 1 });
    expect(Buffer.isBuffer(await smdp.pki.crl())).toBe(true);
    expect((await smdp.journal.export()).format).toMatch(/^mock-smdp exchanges/);
    const broken = new Readable({ read: () => broken.destroy(new Error('the disk is gone')) });
    await expect(smdp.manifests.import(broken)).rejects.toThrow('the disk is gone');
  });

  it('tells of events as they happen, until it is closed', async () => {
    const own = await connectMockSmdp(server.operatorUrl, { token });
    const kinds: string[] = [];
    for await (const event of own.journal.events({ since: 0 })) {
      kinds.push(event.kind);
      void own.close();
    }
    expect(kinds).not.toEqual([]);
    await expect(own.profiles.list()).rejects.toThrow(/was closed by close\(\)/);
  });

  it('ends what waits when it is closed', async () => {
    const own = await connectMockSmdp(server.operatorUrl, { token });
    const waiting = own.verify({ expect: { function: 'cancelSession' }, timeout: 200 });
    const told = expect(waiting).rejects.toThrow(ConnectionError);
    await own.close();
    await told;
  });

  it('goes by the clock and the address that it has changed', async () => {
    const before = smdp.address;
    await smdp.clock.set('2040-01-01T00:00:00Z');
    await smdp.clock.freeze();
    expect(smdp.clock.now()).toEqual(server.clock.now());
    await smdp.reset();
    expect(smdp.clock.now().getFullYear()).toBe(server.clock.now().getFullYear());
    await smdp.call('PUT', '/address', { body: { address: 'localhost:49153' } });
    expect([smdp.address, smdp.namespace('w').address]).toEqual(['localhost:49153', 'localhost:49153']);
    const { activationCode } = await smdp.profiles.create();
    expect(await (await smdp.device()).download(activationCode)).toMatchObject({ outcome: 'installed' });
    await server.call('PUT', '/address', { body: { address: before } });
  });

  it('works in the namespace that it is given, which keeps it from what all share', async () => {
    const worker = await connectMockSmdp(server.operatorUrl, { token, namespace: 'Worker-3' });
    expect(worker.name).toBe('worker-3');
    expect(worker.magic('SLOW-5')).toBe(server.namespace('worker-3').magic('SLOW-5'));
    expect(await worker.profiles.create()).toMatchObject({ namespace: 'worker-3' });
    expect(await worker.namespace('other').profiles.create()).toMatchObject({ namespace: 'other' });
    await worker.reset();
    expect((await worker.profiles.list()).items).toEqual([]);
    expect((await worker.namespace('other').profiles.list()).items).toHaveLength(1);
    await expect(worker.clock.freeze()).rejects.toMatchObject({ status: 409 });
    await expect(worker.snapshots.take('mine')).rejects.toMatchObject({ status: 409 });
    await worker.close();
  });

  it('has its devices connect where it is told', async () => {
    const deviceUrl = server.deviceUrl.replace('localhost', '127.0.0.1');
    const own = await connectMockSmdp(server.operatorUrl, { token, deviceUrl });
    expect(own.deviceUrl).toBe(deviceUrl);
    const { activationCode } = await own.profiles.create();
    expect(await (await own.device()).download(activationCode)).toMatchObject({ outcome: 'installed' });
    await own.close();
  });
});

describe('connectMockSmdp says what is wrong', () => {
  let server: MockSmdp;
  let stranger: Server;
  beforeAll(async () => {
    server = await startMockSmdp({ adminToken: token, tls: 'off' });
    stranger = createServer((_request, answer) => answer.writeHead(502).end('<html>'));
    await new Promise<void>((resolve) => stranger.listen(0, 'localhost', resolve));
  });
  afterAll(async () => {
    stranger.close();
    await server.close();
  });
  const strangerUrl = () => `http://localhost:${(stranger.address() as AddressInfo).port}`;

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['where nobody answers', () => connectMockSmdp('http://localhost:1'), /localhost:1 \(ECONNREFUSED\)/],
    ['where somebody else does', () => connectMockSmdp(strangerUrl()), /status 502, but is not a mock-smdp/],
    ['without the token', () => connectMockSmdp(server.operatorUrl), /requires a bearer token/],
    [
      'with another token',
      () => connectMockSmdp(server.operatorUrl, { token: 'another-one-of-16' }),
      /not accept this token/,
    ],
    [
      'at the listener of devices',
      () => connectMockSmdp(server.deviceUrl, { token }),
      /is the device-facing listener/,
    ],
  ])('%s', async (_, connect, message) => {
    await expect(connect()).rejects.toBeInstanceOf(ConnectionError);
    await expect(connect()).rejects.toThrow(message);
  });

  it('where a URL or a name is none', async () => {
    await expect(connectMockSmdp('localhost:8080')).rejects.toThrow(/operatorUrl is 'localhost:8080'/);
    const deviceUrl = 'nowhere';
    await expect(connectMockSmdp('http://localhost:1', { deviceUrl })).rejects.toThrow(/deviceUrl/);
    await expect(connectMockSmdp('http://localhost:1', { namespace: 'a_b' })).rejects.toThrow(RangeError);
  });
});

describe('a server in a process of its own', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess();
  });
  afterAll(() => server.stop());

  it('is shared by twenty clients at once, which do not see each other', async () => {
    const iccid = '8949449999000000010';
    const names = Array.from({ length: 20 }, (_, number) => `worker-${number}`);
    const states = await Promise.all(
      names.map(async (namespace) => {
        const smdp = await connectMockSmdp(server.operatorUrl, { namespace });
        const { activationCode } = await smdp.profiles.create({ iccid });
        await (await smdp.device()).download(activationCode);
        const { state } = await smdp.profiles.waitFor(iccid, 'Installed');
        const { items } = await smdp.profiles.list();
        await smdp.close();
        return [state, items.length];
      }),
    );
    expect(states).toEqual(names.map(() => ['Installed', 1]));
  });
});
