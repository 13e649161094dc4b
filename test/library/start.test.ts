import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp, type MockSmdpOptions } from '../../src/index.js';
import { testPkiFolder } from '../support/pki-folder.js';

describe('startMockSmdp', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());

  it('gives a server from which its own devices download', async () => {
    const { activationCode, iccid } = await smdp.profiles.create({ label: 'mine' });
    const result = await smdp.device().download(activationCode);
    expect(result).toMatchObject({ outcome: 'installed', iccid });
    await expect(smdp.profiles.get(iccid)).resolves.toMatchObject({ state: 'Installed', label: 'mine' });
  });

  it('is reached over TLS by clients that trust its CA, under its address', async () => {
    expect(smdp.deviceUrl).toBe(`https://${smdp.address}`);
    const answer = await fetch(`${smdp.operatorUrl}/api/v1/pki/ci.pem`);
    expect(await answer.text()).toContain(smdp.ca.trim());
  });

  it('has nothing in it, unless it is seeded', async () => {
    const seeded = await startMockSmdp({ seed: 'demo' });
    expect((await seeded.profiles.list()).items).toHaveLength(1);
    const empty = await startMockSmdp();
    expect((await empty.profiles.list()).items).toHaveLength(0);
    await Promise.all([seeded.close(), empty.close()]);
  });

  it('keeps a PKI of its own, which only this user can read and which goes with it', async () => {
    const own = await startMockSmdp();
    expect(statSync(own.certs).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(own.certs).filter((name) => name.startsWith('SK_')))
      expect(statSync(join(own.certs, file)).mode & 0o777).toBe(0o600);
    expect(own.certs).not.toBe(smdp.certs);
    await own.close();
    expect(existsSync(own.certs)).toBe(false);
  });

  it('makes no folder for those who do not ask where it is', async () => {
    const own = await startMockSmdp();
    await own.close();
    expect(existsSync(own.certs)).toBe(false);
  });

  it('keeps a folder that was named, and what it has made there', async () => {
    const named = await testPkiFolder();
    const own = await startMockSmdp({ certs: named, address: 'other.example.com' });
    expect(own.certs).toBe(named);
    await own.close();
    const again = await startMockSmdp({ certs: named, address: 'other.example.com' });
    expect(again.ca).toBe(own.ca);
    await again.close();
  });

  it('leaves nothing behind when it cannot start', async () => {
    await expect(startMockSmdp({ port: 70000 })).rejects.toThrow(/the option port is '70000'/);
    const misspelt = { sessionTimout: 60 } as MockSmdpOptions;
    await expect(startMockSmdp(misspelt)).rejects.toThrow(
      /sessionTimout is not an option.*did you mean sessionTimeout/,
    );
    const variable = { SMDP_PORT: 0 } as MockSmdpOptions;
    await expect(startMockSmdp(variable)).rejects.toThrow(/did you mean port\?/);
    await expect(startMockSmdp({ port: Number(new URL(smdp.deviceUrl).port) })).rejects.toThrow(/EADDRINUSE/);
  });

  it('refuses an option that there is not', async () => {
    await expect(startMockSmdp({ adress: 'smdp.example.com' } as object)).rejects.toThrow(/adress/);
  });

  it('says with which token it is reached from the network, where it was told to be', async () => {
    const wide = await startMockSmdp({ adminHost: '0.0.0.0' });
    const url = `${wide.operatorUrl.replace('0.0.0.0', '127.0.0.1')}/api/v1/profiles`;
    expect((await fetch(url)).status).toBe(401);
    const headers = { Authorization: `Bearer ${wide.adminToken}` };
    expect((await fetch(url, { headers })).status).toBe(200);
    const other = await startMockSmdp({ adminHost: '0.0.0.0' });
    // Neither has kept it where the other would find it.
    expect(other.adminToken).not.toBe(wide.adminToken);
    expect(smdp.adminToken).toBeUndefined();
    await Promise.all([wide.close(), other.close()]);
  });

  it('says so when it was closed', async () => {
    const own = await startMockSmdp();
    const waiting = own.verify({ expect: { function: 'cancelSession' }, timeout: 100 });
    await Promise.all([
      expect(waiting).rejects.toThrow(/the server is stopping/),
      own.profiles.list().then(() => own.close()),
    ]);
    await expect(own.profiles.create()).rejects.toThrow('the server was closed');
    await expect(own.journal.events()[Symbol.asyncIterator]().next()).rejects.toThrow(/was closed/);
  });

  it('can be closed twice', async () => {
    const own = await startMockSmdp();
    await Promise.all([own.close(), own.close()]);
    await expect(own.close()).resolves.toBeUndefined();
  });

  it('runs beside others in one process, each with its own profiles', async () => {
    const others = await Promise.all([startMockSmdp(), startMockSmdp(), startMockSmdp()]);
    expect(new Set(others.map(({ address }) => address)).size).toBe(3);
    const codes = await Promise.all(others.map((other) => other.profiles.create({ matchingId: 'SAME' })));
    await Promise.all(others.map((other, index) => other.device().download(codes[index]!.activationCode)));
    for (const other of others) {
      expect((await other.profiles.list({ state: 'Installed' })).items).toHaveLength(1);
      await other.close();
    }
  });

  it('serves the address that it is told, wherever it listens', async () => {
    const named = await startMockSmdp({ address: 'smdp.example.com' });
    const { activationCode } = await named.profiles.create();
    expect(activationCode).toMatch(/^LPA:1\$smdp\.example\.com\$/);
    await expect(named.device().download(activationCode)).resolves.toHaveProperty('iccid');
    await named.close();
  });
});
