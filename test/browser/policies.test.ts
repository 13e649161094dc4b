import { expect, it } from 'vitest';
import type { CreatedProfile } from '../../src/api/index.js';
import { describeConsole } from './support/console.js';

describeConsole('the policies', (frame) => {
  const { open, call } = frame;

  it('are empty at first, and say how to get one', async () => {
    const page = await open('/preload?tab=policies');
    await page.getByText('mock-smdp mdm policy apply policy.yaml').waitFor();
  });

  it("show their devices in the admin centre's words, and let them check in", async () => {
    const [one, two] = [
      await call<{ name: string; eid: string }>('POST', '/devices', { name: 'pc-1', platform: 'windows' }),
      await call<{ name: string; eid: string }>('POST', '/devices', {
        name: 'pc-2',
        platform: 'windows',
      }),
    ];
    const { iccid } = await call<CreatedProfile>('POST', '/profiles', { eid: one.eid, matchingId: '' });
    await call('PUT', '/device-groups/sales', { devices: [one.name, two.name] });
    await call('PUT', `/devices/${encodeURIComponent(two.name)}/management`, {
      windows: { maximumAttempts: 1 },
      user: '<b>anna</b>',
    });
    await call('PUT', '/policies/esim', {
      downloadServer: { serverName: frame.server.address },
      include: ['sales'],
    });
    const page = await open('/preload?tab=policies');
    await page.getByText('Device not synced: 2').waitFor();
    await page.getByRole('button', { name: 'Let all devices check in' }).click();
    await page.getByText('Active: 1').waitFor();
    await page.getByText('Activation fail: 1').waitFor();
    await page.getByRole('rowheader', { name: 'pc-2' }).waitFor();
    await page.getByText('<b>anna</b>').waitFor();
    await page.getByRole('link', { name: iccid }).waitFor();
    expect(await page.getByRole('columnheader').allTextContents()).toEqual([
      'Device name',
      'User',
      'ICCID',
      'Activation status',
      'Cellular status',
      'Last check-in',
    ]);
  });
});
