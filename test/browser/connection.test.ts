import { expect, it } from 'vitest';
import type { ProfileList, StatisticsView } from '../../src/api/index.js';
import { startForTest } from '../server/support.js';
import { describeConsole } from './support/console.js';

describeConsole('a server that goes away', ({ open }) => {
  it('is said, waited for, and shown as it is when it comes back', async () => {
    const first = await startForTest();
    const { port } = new URL(first.operatorUrl);
    const page = await open(`${first.operatorUrl}/`);
    await page.getByText('Live', { exact: true }).waitFor();
    const total = page.locator('.figures li').first().locator('strong');
    await expect.poll(() => total.textContent()).toBe('0');
    await first.close();
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await total.textContent()).toBe('0');
    const second = await startForTest({ adminPort: port, seed: 'demo' });
    await page.getByText('Live', { exact: true }).waitFor();
    await expect.poll(() => total.textContent()).toBe('1');
    await second.close();
  });
});

describeConsole('a page that stays open', ({ open, call }) => {
  it('keeps the rows of a long list, and holds only those in view', async () => {
    await call('POST', '/pools', { name: 'many', count: 1_500 });
    const page = await open('/profiles');
    await page.getByText('200 of 1,500 rows loaded').waitFor();
    const scrollToEnd = () =>
      page.evaluate(
        '{ const table = document.querySelector(".table"); table.scrollTo(0, table.scrollHeight); }',
      );
    for (let shown = 400; shown <= 1_400; shown += 200) {
      await scrollToEnd();
      await page.getByText(new RegExp(`^${shown.toLocaleString('en')} of`)).waitFor();
    }
    await scrollToEnd();
    await page.getByText('1,500 rows', { exact: true }).waitFor();
    await scrollToEnd();
    const { items } = await call<ProfileList>('GET', '/profiles?limit=1');
    await page.getByRole('link', { name: items[0]!.iccid }).waitFor();
    expect(await page.locator('.table .line').count()).toBeLessThan(80);
    const { profiles } = await call<StatisticsView>('GET', '/statistics');
    expect(profiles.total).toBe(1_500);
  });
});
