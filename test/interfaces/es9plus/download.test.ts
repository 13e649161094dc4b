import { describe, expect, it } from 'vitest';
import { startTestSmdp } from '../../support/smdp.js';

const smdp = await startTestSmdp();

describe('a download', () => {
  it('installs the profile, and spends a one-time code', async () => {
    const profile = await smdp.prepare();
    const device = smdp.device();
    const result = await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
    expect(result).toMatchObject({ outcome: 'installed', iccid: profile.iccid, deliveryError: undefined });
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', eid: device.eid });
    await expect(
      smdp.device().download({ smdpAddress: smdp.address, matchingId: profile.matchingId! }),
    ).rejects.toMatchObject({ status: '8.2.6/3.8' });
  });
});
