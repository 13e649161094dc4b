import { expect, it } from 'vitest';
import type { StatisticsView } from '../../src/api/index.js';
import { connectMockSmdp } from '../../src/index.js';
import { startForTest } from '../server/support.js';

it('counts profiles, downloads and refusals, for the whole server and for a namespace', async () => {
  const { operatorUrl } = await startForTest({ tls: 'off' });
  const smdp = await connectMockSmdp(operatorUrl);
  await smdp.profiles.create();
  await smdp.profiles.create({ state: 'Available' });
  const worker = smdp.namespace('ONE');
  await worker.profiles.create();
  const all = await smdp.journal.statistics();
  expect(all.profiles).toMatchObject({ total: 3, byState: { Released: 2, Available: 1, Installed: 0 } });
  expect(all.sessions).toEqual({ initiated: 0, authenticated: 0 });
  const own = await worker.journal.statistics({ minutes: 1 });
  expect(own.profiles).toMatchObject({ total: 1, byState: { Released: 1, Available: 0 } });
  await fetch(`${operatorUrl}/gsma/rsp2/es2plus/cancelOrder`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      header: { functionRequesterIdentifier: '1.2.3', functionCallIdentifier: 'a' },
      iccid: '8949449999000000010',
      finalProfileStatusIndicator: 'Available',
    }),
  });
  const { refusals }: StatisticsView = await smdp.journal.statistics();
  expect(refusals).toHaveLength(1);
  expect(refusals[0]).toMatchObject({ count: 1 });
  await smdp.close();
});

it.each([0, 61, 'x'])('refuses %s minutes', async (minutes) => {
  const { operatorUrl } = await startForTest();
  const answer = await fetch(`${operatorUrl}/api/v1/statistics?minutes=${minutes}`);
  expect(answer.status).toBe(400);
});
