import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CreatedProfile, ExchangeFile, SessionList } from '../../src/api/index.js';
import { describeConsole, type ConsoleFrame } from './support/console.js';
import { temporaryFolder } from './support/folder.js';

/** What a browser would run, or would turn around, if a page put it in as anything but text. */
const hostile = `<script>hit()</script><svg onload="hit()"><img src=x onerror="hit()">"'>javascript:hit()\u202e\u2066evil`;
const long = (octets: number): string => hostile + 'm'.repeat(octets - hostile.length);

/** Fills every field that a device, an operator or a file can choose. */
async function fillWithHostility({ call, server }: ConsoleFrame): Promise<{ session: string; id: number }> {
  const { operatorUrl, deviceUrl } = server;
  const order = (body: object) => call<CreatedProfile>('POST', '/profiles', body);
  const { id, activationCode } = await order({
    label: hostile,
    pool: hostile.slice(0, 60),
    operator: hostile.slice(0, 60),
    metadata: { serviceProviderName: hostile.slice(0, 32), profileName: hostile.slice(0, 64) },
  });
  await call('POST', '/faults', {
    name: hostile.slice(0, 100),
    function: 'cancelSession',
    refuse: '8.1/4.8',
  });
  await call('POST', '/devices', { name: 'victim', user: { consent: 'yes' } });
  await call('POST', '/devices/victim/download?wait=true', { activationCode });
  const { transactionId: session } = (await call<SessionList>('GET', '/sessions')).items.at(-1)!;
  await call('PUT', '/devices/victim/management', { user: hostile.slice(0, 100) });
  await call('PUT', '/device-groups/group', { devices: ['victim'] });
  await call('PUT', '/policies/policy', {
    downloadServer: { serverName: server.address },
    include: ['group'],
  });
  const post = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  // A path, and what a device says in its headers and members. Headers have no such characters as U+202E.
  await post(`${deviceUrl}/${encodeURIComponent(hostile)}`, '{}');
  await raw(deviceUrl, '/<script>hit()</script>');
  const ascii = hostile.replace(/[^\x20-\x7e]/g, '');
  await post(
    `${deviceUrl}/gsma/rsp2/es9plus/initiateAuthentication`,
    JSON.stringify({ smdpAddress: hostile, euiccChallenge: hostile, [hostile]: long(100_000) }),
    { 'User-Agent': ascii, 'X-Admin-Protocol': ascii, 'X-Other': ascii },
  );
  await post(
    `${operatorUrl}/gsma/rsp2/es2plus/downloadOrder`,
    JSON.stringify({
      header: { functionRequesterIdentifier: hostile, functionCallIdentifier: hostile },
      profileType: hostile,
    }),
  );
  return { session, id };
}

/** Sends a path that `fetch` would write in another way. */
const raw = (url: string, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method: 'POST' }, (answer) => answer.resume().once('end', resolve))
      .once('error', reject)
      .end();
  });

/** Nothing of the text became an element, nothing ran, and nothing sticks out of the page. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(`({
    elements: document.querySelectorAll('#console script, #console [onload], #console [onerror], #console img[src="x"], #console a[href^="javascript:"]').length,
    hits: globalThis.hits,
    width: document.documentElement.scrollWidth - innerWidth,
    turned: document.querySelector('#console').textContent.includes('\u202e'),
  })`);
  expect(found, page.url()).toEqual({ elements: 0, hits: 0, width: 0, turned: false });
}

describeConsole('text from elsewhere', (frame) => {
  let filled: Awaited<ReturnType<typeof fillWithHostility>>;
  beforeAll(async () => {
    filled = await fillWithHostility(frame);
  });
  const look = async (path: string): Promise<Page> => {
    const page = await frame.open('/', { viewport: { width: 1000, height: 800 } });
    page.on('dialog', (dialog) => expect.fail(`a dialog says ${dialog.message()}`));
    await page.addInitScript('globalThis.hits = 0; globalThis.hit = () => void globalThis.hits++');
    await page.goto(new URL(path, page.url()).href);
    return page;
  };
  const shown = (page: Page) => page.getByText('<script>hit()</script>').first().waitFor();

  const pages: readonly (readonly [name: string, path: () => string, isShown: boolean])[] = [
    ['the overview', () => '/', false],
    ['the profiles', () => '/profiles', true],
    ['a profile', () => `/profiles/${filled.id}`, true],
    [
      'a search',
      () => `/profiles?search=${encodeURIComponent(hostile)}&pool=${encodeURIComponent(hostile)}`,
      false,
    ],
    ['the sessions', () => '/sessions', true],
    ['a session', () => `/sessions/${filled.session}`, false],
    ['a session of that name', () => `/sessions/${encodeURIComponent(hostile)}`, false],
    ['the pools', () => '/preload?tab=pools', true],
    ['the policies', () => '/preload?tab=policies', true],
    ['the rules', () => '/break?tab=rules', true],
    ['the namespaces', () => `/break?tab=state&namespace=${encodeURIComponent(hostile)}`, false],
    ['a phone', () => '/devices/victim', true],
    ['a phone of that name', () => `/devices/${encodeURIComponent(hostile)}`, false],
    ['a code for a phone', () => `/devices?code=${encodeURIComponent(hostile)}`, false],
    ['the operators', () => '/operators', false],
  ];

  it.each(pages)('is text on the page of %s', async (_name, path, isShown) => {
    const page = await look(path());
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (isShown) await shown(page);
    else await expect.poll(() => page.locator('.waiting').count(), { timeout: 30_000 }).toBe(0);
    await expectHarmless(page);
  });

  it('is text in the request of a device, with a megabyte of it', async () => {
    const exported = await frame.call<ExchangeFile>(
      'GET',
      '/exchanges/export?function=initiateAuthentication',
    );
    const one = exported.exchanges.findLast(({ request: sent }) => sent !== undefined)!;
    one.request!.body = JSON.stringify({ [hostile]: long(1_000_000) });
    exported.exchanges = [one];
    const path = join(temporaryFolder(), 'requests.json');
    writeFileSync(path, JSON.stringify(exported));
    const page = await look('/sessions');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.locator('a.arrow').last().click();
    await page.getByRole('tab', { name: 'Request' }).click();
    await page.getByText('Headers').first().click();
    await page.locator('.exchange').getByText('<script>hit()</script>').first().waitFor();
    await expectHarmless(page);
  });

  it('is text in the name, the columns and the rows of a file', async () => {
    const folder = temporaryFolder();
    const name = `${hostile.replaceAll('/', '').slice(0, 60)}.csv`;
    writeFileSync(join(folder, name), `eid,"${hostile.replaceAll('"', '""')}",label\n"${long(1_000)}",a,b\n`);
    const page = await look('/preload');
    await page.locator('input[type=file]').setInputFiles(join(folder, name));
    await page.getByText('Rejected rows: 1').waitFor();
    await expectHarmless(page);
    const file = join(folder, name.replace('csv', 'json'));
    const exported = await frame.call<{ exchanges: { function: string }[] }>('GET', '/exchanges/export');
    for (const exchange of exported.exchanges) exchange.function = hostile;
    writeFileSync(file, JSON.stringify(exported));
    await page.goto(new URL('/sessions', page.url()).href);
    await page.locator('input[type=file]').setInputFiles(file);
    await shown(page);
    await expectHarmless(page);
  });
});
