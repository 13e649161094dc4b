import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CreatedProfile, ExchangeFile, SessionList } from '../../src/api/index.js';
import { describeConsole, type ConsoleFrame } from './support/console.js';
import { temporaryFolder } from './support/folder.js';

/** Lets a virtual device download, and returns the TransactionId of its session. */
async function download({ call }: ConsoleFrame, name: string, activationCode: string): Promise<string> {
  await call('POST', '/devices', { name });
  await call('POST', `/devices/${name}/download?wait=true`, { activationCode });
  const { items } = await call<SessionList>('GET', '/sessions');
  return items.at(-1)!.transactionId;
}

describeConsole('the sessions', (frame) => {
  const { open, call } = frame;
  const orderProfile = (): Promise<CreatedProfile> => call('POST', '/profiles', {});

  it('tell a download as a diagram whose arrows lead to the messages', async () => {
    const { activationCode, iccid } = await orderProfile();
    const page = await open('/sessions');
    const transactionId = await download(frame, 'first', activationCode!);
    await page.getByRole('link', { name: iccid }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/sessions/${transactionId}`);
    await expect.poll(() => page.locator('a.arrow').count()).toBe(4);
    await page.getByRole('link', { name: /authenticateClient success/ }).click();
    await page.getByRole('heading', { name: 'ES9+ authenticateClient' }).waitFor();
    expect(new URL(page.url()).searchParams.get('exchange')).toMatch(/^\d+$/);
    expect(await page.locator('.checks li[data-passed="true"]').count()).toBeGreaterThan(5);
  });

  it('light up the octets of a field', async () => {
    const { activationCode } = await orderProfile();
    const page = await open(`/sessions/${await download(frame, 'second', activationCode!)}`);
    await page.getByRole('link', { name: /authenticateClient success/ }).click();
    await page.getByRole('tab', { name: 'Request' }).click();
    await page.getByText('Octets as a tree').first().click();
    await page
      .getByRole('button', { name: /^80 transactionId 16/ })
      .first()
      .focus();
    expect(await page.locator('.octets mark').textContent()).toMatch(/^80 10(?:\s[0-9A-F]{2}){16}\s?$/);
  });

  it('say why a device was refused, and what devices show for it', async () => {
    await orderProfile();
    const code = 'LPA:1$localhost$NOT-A-CODE';
    await call('POST', '/devices', { name: 'third' });
    await call('POST', '/devices/third/download?wait=true', { activationCode: code });
    const page = await open('/sessions');
    await page.getByText('8.2.6/3.8').first().click();
    await page.getByText('The server refused authenticateClient with 8.2.6/3.8:').waitFor();
    await page.getByText('What devices show their user').click();
    await page.getByText('InvalidMatchingId').first().waitFor();
  });

  it('are found by EID, ICCID and MatchingID', async () => {
    const { activationCode, iccid, matchingId } = await orderProfile();
    await download(frame, 'fourth', activationCode!);
    const page = await open('/sessions');
    for (const wanted of [iccid, matchingId!]) {
      await page.getByRole('searchbox').fill(wanted);
      await expect.poll(() => page.locator('.session-line').count()).toBe(1);
    }
    await page.getByRole('searchbox').fill('UNKNOWN');
    await page.getByText('No device has called yet').waitFor();
  });

  it('are compared side by side', async () => {
    const ids: string[] = [];
    for (const name of ['fifth', 'sixth'])
      ids.push(await download(frame, name, (await orderProfile()).activationCode!));
    const page = await open(`/sessions/${ids[0]}`);
    await page.getByLabel('Compare with …').selectOption(ids[1]!);
    await page.getByRole('heading', { name: 'Two sessions' }).waitFor();
    await page
      .getByRole('rowheader', { name: /matchingId$/ })
      .first()
      .waitFor();
    expect(await page.getByRole('rowheader', { name: /euiccChallenge$/ }).count()).toBe(0);
    await page.getByLabel('Also show values that always differ').check();
    await page
      .getByRole('rowheader', { name: /euiccChallenge$/ })
      .first()
      .waitFor();
  });

  it('are saved as a file, which can be opened again and replayed', async () => {
    const transactionId = await download(frame, 'seventh', (await orderProfile()).activationCode!);
    const page = await open(`/sessions/${transactionId}`);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const path = join(temporaryFolder(), 'saved.json');
    await saved.saveAs(path);
    expect(readFileSync(path, 'utf8')).toContain(transactionId);
    await page.goto(new URL('/sessions', page.url()).href);
    await page.getByLabel('Drop a file, or choose one').setInputFiles(path);
    await page.getByRole('heading', { level: 1, name: 'saved.json' }).waitFor();
    await expect.poll(() => page.locator('a.arrow').count()).toBe(4);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Same: 4, different: 0, not replayed: 0.').waitFor();
  });

  it('say how the answers to a file differ now', async () => {
    const transactionId = await download(frame, 'changed', (await orderProfile()).activationCode!);
    const recorded = await call<ExchangeFile>('GET', `/exchanges/export?session=${transactionId}`);
    const { answer } = recorded.exchanges[1]!;
    answer.body = answer.body!.replace('"Executed-Success"', '"<b>Executed</b>"');
    const path = join(temporaryFolder(), 'changed.json');
    writeFileSync(path, JSON.stringify(recorded));
    const page = await open('/sessions');
    await page.getByLabel('Drop a file, or choose one').setInputFiles(path);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Same: 3, different: 1, not replayed: 0.').waitFor();
    await page.getByRole('row', { name: /status <b>Executed<\/b> Executed-Success$/ }).waitFor();
  });

  it('refuse another file', async () => {
    const path = join(temporaryFolder(), 'other.json');
    writeFileSync(path, '{"exchanges":[1]}');
    const page = await open('/sessions');
    await page.getByLabel('Drop a file, or choose one').setInputFiles(path);
    await page.getByText('This is not a file of exchanges.').waitFor();
  });

  it('show secrets only on demand', async () => {
    const transactionId = await download(frame, 'eighth', (await orderProfile()).activationCode!);
    const page = await open(`/sessions/${transactionId}`);
    await page.getByRole('link', { name: /getBoundProfilePackage success/ }).click();
    expect(await page.getByRole('tab', { name: 'Secrets' }).count()).toBe(0);
    await page.getByLabel('Secrets').first().check();
    await page.getByRole('tab', { name: 'Secrets' }).click();
    await page
      .getByText(/"sEnc"|"enc"|session/i)
      .first()
      .waitFor();
  });

  it('say that the journal has forgotten one', async () => {
    const page = await open(`/sessions/${'00'.repeat(16)}`);
    await page.getByText('It has dropped this session, or never had it.').waitFor();
  });

  it('fit on a phone', async () => {
    const transactionId = await download(frame, 'ninth', (await orderProfile()).activationCode!);
    const page = await open(`/sessions/${transactionId}`, { viewport: { width: 390, height: 800 } });
    await page.getByRole('link', { name: /handleNotification success/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});
