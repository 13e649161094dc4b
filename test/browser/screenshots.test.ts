import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectMockSmdp } from '../../src/index.js';
import { describeConsole } from './support/console.js';
import { temporaryFolder } from './support/folder.js';

/** Where the pictures go that README and docs show: `npm run screenshots` sets it. */
const wanted = process.env['SMDP_SCREENSHOTS'];

const pictures = [
  ['overview', '/', 'Device not synced'],
  ['profiles', '/profiles', 'lab phone'],
  ['profile', '/profiles/1', 'Activation code'],
  ['sessions', '/sessions', 'Refused'],
  ['preload', '/preload?tab=pools', 'Codes as CSV'],
  ['device', '/devices/anna', 'Yes, add it'],
  ['break', '/break', 'Every answer comes 5 seconds late'],
] as const;

describeConsole(
  'pictures of the console',
  (frame) => {
    const folder = wanted ?? temporaryFolder();
    mkdirSync(folder, { recursive: true });

    it('show a server that devices have used', { timeout: 300_000 }, async () => {
      await fill(frame.server.operatorUrl, frame.server.deviceUrl);
      const page = await frame.open('/', { viewport: { width: 1200, height: 760 }, timezoneId: 'UTC' });
      for (const [name, path, text] of pictures) {
        await page.goto(frame.server.operatorUrl + path);
        await page.getByText(text).first().waitFor();
        await page.getByText('Live', { exact: true }).waitFor();
        const octets = await page.screenshot({
          path: join(folder, `console-${name}.png`),
          animations: 'disabled',
        });
        expect(octets.length).toBeLessThan(200_000);
      }
      await page.goto(new URL('/sessions', frame.server.operatorUrl).href);
      await page
        .getByRole('link', { name: /Refused/ })
        .first()
        .click();
      await page.getByText('The server refused').waitFor();
      await page.screenshot({ path: join(folder, 'console-session.png'), animations: 'disabled' });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(frame.server.operatorUrl);
      await page.getByText('Device not synced').first().waitFor();
      await page.screenshot({ path: join(folder, 'console-dark.png'), animations: 'disabled' });
    });
  },
  { tls: 'on', seed: 'demo' },
);

/** Makes profiles and a pool, and lets devices download some of them: with success, and with a refusal. */
async function fill(operatorUrl: string, deviceUrl: string): Promise<void> {
  const smdp = await connectMockSmdp(operatorUrl, { deviceUrl });
  await smdp.pools.create({ name: 'north', count: 24 });
  for (const state of ['Available', 'Linked', 'Confirmed', 'Released', 'Released'] as const)
    await smdp.profiles.create({
      state,
      label: 'lab phone',
      ...(state === 'Linked' && { eid: '89049032123451234512345678901235' }),
    });
  const { items } = await smdp.profiles.list({ pool: 'north', limit: 5 });
  for (const { activationCode } of items) {
    const device = await smdp.device();
    await device.download(activationCode);
    device.close();
  }
  const device = await smdp.device();
  for (const code of [items[0]!.activationCode!, 'LPA:1$localhost$BPP-MAC-3'])
    await device.download(code.replace('localhost$', `${smdp.address}$`)).catch(() => undefined);
  device.close();
  await smdp.devices.create({ name: 'anna', platform: 'phone', user: { consent: 'ask' } });
  for (const answer of ['yes', undefined] as const) {
    const { activationCode } = await smdp.profiles.create({ label: 'lab phone' });
    await smdp.devices.download('anna', { activationCode: activationCode! }, { wait: true });
    if (answer) await smdp.devices.consent('anna', { answer }, { wait: true });
  }
  await smdp.close();
}
