import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startMockSmdp } from '../../../src/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { changePastStore } from '../../support/postgres/either-engine.js';

const folder = mkdtempSync(join(tmpdir(), 'kept-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a repeated call gets members that the build which kept its answer did not know', async () => {
  const options = { certs: await testPkiFolder(), database: join(folder, 'smdp.db') };
  const before = await startMockSmdp(options);
  const { iccid } = await before.orders.downloadOrder({ profileType: 'generic' });
  const call = [{ iccid, releaseFlag: true }, { callId: 'FCI-1' }] as const;
  const answer = await before.orders.confirmOrder(...call);
  await before.close();

  await changePastStore(options.database, "UPDATE es2_calls SET answer = '{}'");

  const after = await startMockSmdp(options);
  const again = await after.orders.confirmOrder(...call);
  await after.close();
  expect(again.matchingId).toBe(answer.matchingId);
  expect(answer.matchingId).toMatch(/./);
});
