import { beforeAll, describe, expect, it } from 'vitest';
import { preload } from '../../src/manifests/preload/index.js';
import { startTestSmdp, type TestSmdp } from '../support/smdp.js';
import { eid, eids } from './support/files.js';
import { follow, imported, resultOf } from './support/preloading.js';

let smdp: TestSmdp;
beforeAll(async () => {
  smdp = await startTestSmdp();
});

const download = (device: ReturnType<TestSmdp['device']>) =>
  device.download({ smdpAddress: smdp.address, matchingId: '' });

describe('devices of a manifest', () => {
  it('get each its own profile, without an activation code, and once', async () => {
    const count = 6;
    expect(resultOf(await imported(smdp.context, eids(100, count)))).toMatchObject({ added: count });
    const devices = Array.from({ length: count }, (_, index) => smdp.device({ eid: eid(100 + index) }));
    const results = await Promise.all(devices.map(download));
    for (const [index, result] of results.entries()) {
      const [profile] = await smdp.store.profilesForEid(eid(100 + index));
      expect(result).toMatchObject({ iccid: profile?.iccid });
      expect(profile?.state).toBe('Installed');
    }
    await expect(download(devices[0]!)).rejects.toMatchObject({
      message: expect.stringContaining('8.1.1') as string,
    });
  });

  it('find nothing until the import is done, and are served while it is under way', async () => {
    const own = await smdp.prepare();
    const early = smdp.device({ eid: eid(5000) });
    let arrivals = 0;
    async function* file(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(5000, 3000));
      // By now most rows are written, and none is in sight.
      await expect(download(early)).rejects.toThrow();
      const other = smdp.device();
      await other.download({ smdpAddress: smdp.address, matchingId: own.matchingId! });
      arrivals++;
      yield Buffer.from(`${eid(9999)}\n`);
    }
    const result = resultOf(await follow(preload(smdp.context, file())));
    expect(result).toMatchObject({ added: 3001 });
    expect(arrivals).toBe(1);
    expect((await smdp.profile(own)).state).toBe('Installed');
    const [profile] = await smdp.store.profilesForEid(eid(5000));
    expect(await download(early)).toMatchObject({ iccid: profile?.iccid });
  });
});
