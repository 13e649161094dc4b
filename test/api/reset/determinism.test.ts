import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../../src/index.js';
import { createLog, resolveConfig, startServer } from '../../../src/server/index.js';
import { createVirtualDevice, loadManufacturer, manufactureEuicc } from '../../../src/device/index.js';
import { eidWithCheckDigits } from '../../../src/wire/rsp/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';

/** What is random about a download that was broken off with its BPP at hand. */
async function randomParts(certs: string, seed: string) {
  const { config } = resolveConfig({
    SMDP_PORT: '0',
    SMDP_ADMIN_PORT: '0',
    SMDP_DATABASE: ':memory:',
    SMDP_CERTS: certs,
    SMDP_SEED: 'none',
    SMDP_RANDOM_SEED: seed,
  });
  const server = await startServer(config, createLog('silent'));
  const eid = eidWithCheckDigits('890490320000000000000000000007');
  const device = createVirtualDevice({
    material: manufactureEuicc(loadManufacturer(certs), eid),
    server: { ca: server.pki.tls.ca },
  });
  const created = await server.control({ method: 'POST', path: '/profiles', body: {} });
  const { id, matchingId, activationCode } = JSON.parse(created.body) as Record<'matchingId', string> & {
    id: number;
    activationCode: string;
  };
  const { transactionId } = await device.download({ activationCode, stopAfter: 'getBoundProfilePackage' });
  const { serverChallenge } = (await server.store.session(Buffer.from(transactionId, 'hex')))!;
  const { smdpOtsk } = (await server.store.binding(id, eid))!;
  device.close();
  await server.close();
  expect(server.warnings).toContainEqual(expect.stringContaining('SMDP_RANDOM_SEED'));
  return { matchingId, transactionId, serverChallenge, smdpOtsk };
}

describe('a server with a seed', () => {
  it('repeats MatchingID, TransactionID, challenge and one-time key byte for byte', async () => {
    const certs = await testPkiFolder();
    const first = await randomParts(certs, 'one');
    expect(first.smdpOtsk).toHaveLength(32);
    expect(await randomParts(certs, 'one')).toEqual(first);
    const other = await randomParts(certs, 'other');
    for (const part of ['matchingId', 'transactionId', 'serverChallenge', 'smdpOtsk'] as const)
      expect(other[part]).not.toEqual(first[part]);
  });
});

describe('a reset', () => {
  let seeded: MockSmdp;
  let unseeded: MockSmdp;
  beforeAll(async () => {
    seeded = await startMockSmdp({ randomSeed: 'one' });
    unseeded = await startMockSmdp();
  });
  afterAll(() => Promise.all([seeded.close(), unseeded.close()]));

  const codes = async (smdp: MockSmdp): Promise<(string | null)[]> => {
    await smdp.reset();
    return [(await smdp.profiles.create()).matchingId, (await smdp.profiles.create()).matchingId];
  };

  it('begins the sequence anew where there is a seed', async () => {
    const first = await codes(seeded);
    expect(await codes(seeded)).toEqual(first);
    expect(first[0]).not.toBe(first[1]);
  });

  it('restarts no random values without a random seed', async () => {
    expect(await codes(unseeded)).not.toEqual(await codes(unseeded));
  });
});
