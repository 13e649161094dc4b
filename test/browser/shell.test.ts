import { expect, it } from 'vitest';
import { describeConsole } from './support/console.js';

describeConsole('the frame of the console', ({ open }) => {
  it('shows the pages, and goes to each without loading anew', async () => {
    const page = await open('/');
    await page.getByText('Live', { exact: true }).waitFor();
    const loads: string[] = [];
    page.on('request', (request) => request.isNavigationRequest() && loads.push(request.url()));
    const links = page
      .getByRole('navigation', { name: 'Pages' })
      .locator('.pages a[href]:not([data-outside])');
    for (const link of await links.all()) {
      const name = (await link.textContent())!;
      await link.click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
      expect(await link.getAttribute('aria-current')).toBe('page');
    }
    expect(loads).toEqual([]);
    await page.goBack();
    await expect.poll(() => page.title()).toBe('Devices · mock-smdp');
  });

  it('says that there is no such page', async () => {
    const page = await open('/profiles');
    await page.evaluate(
      'history.pushState(null, "", "nowhere"); dispatchEvent(new PopStateEvent("popstate"))',
    );
    await page.getByText('This page does not exist').waitFor();
  });

  it('opens the command palette with Ctrl K, and goes where Enter says', async () => {
    const page = await open('/');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('input[role="combobox"]:focus').waitFor();
    await page.keyboard.type('oper');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Operators', exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('speaks German to those who choose it, now and at the next visit', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Überblick' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
  });

  it('can be used at 390 pixels', async () => {
    const page = await open('/', { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Profiles', exact: true }).click();
    await page.getByRole('heading', { name: 'Profiles' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  it('is accessible, with its dialogs', async () => {
    const page = await open('/');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
  });
});

describeConsole(
  'the console, where the listener demands a token',
  (frame) => {
    it('asks for the token, and keeps it out of the address and of what scripts can read', async () => {
      const page = await frame.open('/profiles?state=Released');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByLabel('Token').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('the token is wrong').waitFor();
      await page.getByLabel('Token').fill(frame.server.adminToken!.token);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Profiles' }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      expect(new URL(page.url()).search).toBe('?state=Released');
      const readable = await page.evaluate(
        'document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
      );
      expect(readable).not.toContain(frame.server.adminToken!.token);
      expect(readable).not.toContain('mock-smdp-');
    });

    it('signs out', async () => {
      const page = await frame.open('/');
      await page.getByLabel('Token').fill(frame.server.adminToken!.token);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  },
  { adminToken: 'a-token-of-some-length' },
);
