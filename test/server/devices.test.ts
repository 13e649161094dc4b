import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectMockSmdp } from '../../src/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { whenDone } from '../support/when-done.js';
import { startForTest } from './support.js';

/** A PKI folder without the files whose names begin so. */
async function folderWithout(...prefixes: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-devices-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(await testPkiFolder(), folder, { recursive: true });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = name.split(/[\\/]/).at(-1)!;
    if (prefixes.some((prefix) => file.startsWith(prefix))) rmSync(join(folder, name));
  }
  return folder;
}

async function clientOf(flags: Parameters<typeof startForTest>[0]) {
  const { operatorUrl } = await startForTest(flags);
  const client = await connectMockSmdp(operatorUrl);
  whenDone(() => client.close());
  return client;
}

describe('virtual devices of a server', () => {
  it('without the key of its manufacturer are one, with the eUICC of the PKI folder', async () => {
    const smdp = await clientOf({ certs: await folderWithout('SK_CI_', 'SK_EUM_') });
    const { name, eid } = await smdp.devices.create();
    const { activationCode } = await smdp.profiles.create();
    expect((await smdp.devices.download(name, activationCode!)).result).toMatchObject({
      outcome: 'installed',
    });
    await expect(smdp.devices.create()).rejects.toMatchObject({
      status: 409,
      errors: [{ field: 'eid', message: expect.stringContaining(eid) as string }],
    });
  });

  it('without any key of an eUICC are none, and the answer says what is missing', async () => {
    const smdp = await clientOf({ certs: await folderWithout('SK_CI_', 'SK_EUM_', 'SK_EUICC_') });
    await expect(smdp.devices.create()).rejects.toMatchObject({
      status: 409,
      errors: [{ message: expect.stringContaining('SK_EUM_') as string }],
    });
  });

  it('have any EID, if the CI can certify a manufacturer for it', async () => {
    const smdp = await clientOf({});
    const { name } = await smdp.devices.create({ eid: '89033023427100000000008237104512' });
    const { activationCode } = await smdp.profiles.create();
    expect(await smdp.devices.download(name, activationCode!)).toMatchObject({ state: 'done' });
  });

  it.each(['0.0.0.0', '::'])('reach a listener on %s, whatever address codes have', async (host) => {
    const smdp = await clientOf({ host, address: 'smdp.example.com' });
    const { name } = await smdp.devices.create();
    const { activationCode } = await smdp.profiles.create();
    expect(activationCode).toContain('smdp.example.com');
    expect(await smdp.devices.download(name, activationCode!)).toMatchObject({ state: 'done' });
  });
});
