import { expect } from 'vitest';
import { VerificationError } from 'mock-smdp';
import { ServerRefusal } from 'mock-smdp/device';
import { test } from './smdp.js';

const iccid = '8949449999000000010';

test('is refused a code that another device has used', async ({ smdp }) => {
  const { activationCode } = await smdp.profiles.create({ iccid });
  await (await smdp.device()).download(activationCode);
  const again = (await smdp.device()).download(activationCode);
  await expect(again).rejects.toThrow(ServerRefusal);
  await expect(again).rejects.toMatchObject({ step: 'authenticateClient', status: '8.2.6/3.8' });
});

test('meets only the faults of this worker', async ({ smdp }) => {
  await smdp.faults.add({ function: 'authenticateClient', refuse: '8.1/4.8', times: 1 });
  const { activationCode } = await smdp.profiles.create({ iccid });
  await expect((await smdp.device()).download(activationCode)).rejects.toMatchObject({ status: '8.1/4.8' });
  await smdp.verify({ expect: { iccid, status: '8.1/4.8' }, count: { exactly: 1 }, timeout: 2 });
  await expect(smdp.verify({ expect: { function: 'cancelSession' } })).rejects.toThrow(VerificationError);
});

test('meets the fault that a MatchingID stands for', async ({ smdp }) => {
  const device = await smdp.device();
  await expect(device.download(smdp.magic('ERR-8-2-6-3-8'))).rejects.toMatchObject({ status: '8.2.6/3.8' });
});
