import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';
import { describeConsole } from '../support/console.js';
import { eid, fill, type Filled } from '../support/filled.js';
import { temporaryFolder } from '../support/folder.js';
import { button, click, expectAccessibleView, type View } from './view.js';

/** A view whose path may depend on the content of the server. */
type FilledView = Omit<View, 'path'> & { readonly path: string | ((filled: Filled) => string) };

const folder = temporaryFolder();
const fileWith = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const choose = (name: string, content: string) => (page: Page) =>
  page.locator('input[type=file]').setInputFiles(fileWith(name, content));

const views: readonly FilledView[] = [
  { name: 'overview', path: '/', shows: 'Device not synced' },
  { name: 'long list of profiles', path: '/profiles', shows: /^200 of/ },
  { name: 'list without a match', path: '/profiles?search=zzz&pool=north', shows: 'No profile matches' },
  {
    name: 'released profile',
    path: ({ released }) => `/profiles/${released}`,
    shows: 'Download with a phone',
  },
  { name: 'installed profile', path: ({ installed }) => `/profiles/${installed}`, shows: 'Notifications' },
  {
    name: 'question whether to cancel',
    path: ({ linked }) => `/profiles/${linked}`,
    reach: click('Cancel'),
    shows: 'Cancel the order?',
  },
  {
    name: 'code on the whole screen',
    path: ({ released }) => `/profiles/${released}`,
    reach: click('Full screen'),
    shows: 'Scan this code with the device',
  },
  { name: 'profile that does not exist', path: '/profiles/999999', shows: 'there is no profile id:999999' },
  {
    name: 'profile that was just made',
    path: '/profiles/new',
    reach: (page) => page.getByLabel('Label').press('Enter'),
    shows: 'A device can download it now.',
  },
  {
    name: 'code that was just made',
    path: '/codes',
    reach: async (page) => {
      await page.getByLabel('EID').fill(eid);
      await page.getByLabel('Confirmation code').fill('2468');
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'QR code' }).waitFor();
    },
    shows: 'ICCID',
  },
  {
    name: 'code for a wrong EID',
    path: '/codes',
    reach: async (page) => {
      await page.getByLabel('EID').fill('123');
      await page.keyboard.press('Enter');
    },
    shows: /^eid/,
  },
  { name: 'list of sessions', path: '/sessions', shows: 'Refused' },
  { name: 'session', path: ({ success }) => `/sessions/${success}`, shows: 'TransactionId' },
  {
    name: 'message as octets',
    path: ({ success }) => `/sessions/${success}`,
    reach: async (page) => {
      await page.getByRole('link', { name: /initiateAuthentication success/ }).click();
      await page.getByRole('tab', { name: 'Request' }).click();
      await page.getByText('Octets as a tree').first().click();
    },
    shows: 'svn',
  },
  {
    name: 'checks of a message',
    path: ({ success }) => `/sessions/${success}`,
    reach: (page) => page.getByRole('link', { name: /authenticateClient success/ }).click(),
    shows: 'ES9+ authenticateClient',
  },
  {
    name: 'secrets of a message',
    path: ({ success }) => `/sessions/${success}`,
    reach: async (page) => {
      await page.getByRole('link', { name: /getBoundProfilePackage success/ }).click();
      await page.getByLabel('Secrets').first().check();
      await page.getByRole('tab', { name: 'Secrets' }).click();
    },
    shows: /"sEnc"|"enc"|session/i,
  },
  {
    name: 'refused session',
    path: ({ refused }) => `/sessions/${refused}`,
    reach: (page) => page.getByText('What devices show their user').click(),
    shows: 'InvalidMatchingId',
  },
  {
    name: 'comparison',
    path: ({ success, refused }) => `/sessions/${success}?with=${refused}`,
    shows: 'Two sessions',
  },
  {
    name: 'file of a session',
    path: ({ success }) => `/sessions/${success}`,
    reach: async (page) => {
      const [saved] = await Promise.all([page.waitForEvent('download'), click('Download')(page)]);
      await saved.saveAs(join(folder, 'saved.json'));
      await page.goto(new URL('/sessions', page.url()).href);
      await page.locator('input[type=file]').setInputFiles(join(folder, 'saved.json'));
      await button(page, 'Replay').click();
    },
    shows: 'Same: 4',
  },
  {
    name: 'wrong file',
    path: '/sessions',
    reach: choose('other.json', '{"exchanges":[1]}'),
    shows: 'This is not a file of exchanges.',
  },
  { name: 'forgotten session', path: `/sessions/${'00'.repeat(16)}`, shows: 'It has dropped this session' },
  {
    name: 'manifest with wrong rows',
    path: '/preload',
    reach: choose('bad.csv', `eid,label\n${eid},"<b>x</b>"\n123,y\n`),
    shows: 'Rejected rows: 1',
  },
  {
    name: 'imported manifest',
    path: '/preload',
    reach: async (page) => {
      await choose('lab 7.csv', `eid,label\n${eid},a\n`)(page);
      await button(page, 'Import').click();
    },
    shows: 'Imported.',
  },
  {
    name: 'list of codes that was understood',
    path: '/preload?tab=codes',
    reach: choose('codes.csv', 'localhost\n8900101000999999999,0A1B2-3C4D5-6E7F8-90ABC\n'),
    shows: '1 code: 1 new',
  },
  { name: 'pool with its sheet', path: '/preload?tab=pools', shows: 'QR sheet to print' },
  {
    name: 'policy with its devices',
    path: '/preload?tab=policies',
    reach: click('Let all devices check in'),
    shows: 'Active: 1',
  },
  {
    name: 'rule that is no JSON',
    path: '/break?tab=rules',
    reach: async (page) => {
      await page.getByLabel('Rule as JSON').fill('{');
      await button(page, 'Add the rule').click();
    },
    shows: 'This is not JSON',
  },
  { name: 'snapshots', path: '/break?tab=state', shows: 'before' },
  {
    name: 'question whether to reset',
    path: '/break?tab=state',
    reach: click('Reset'),
    shows: 'Reset the server?',
  },
  { name: 'orders of operators', path: '/operators', shows: 'downloadOrder' },
  { name: 'settings', path: '/', reach: click('Settings'), shows: 'Theme' },
  {
    name: 'command palette',
    path: '/',
    reach: async (page) => {
      await page.getByText('Live', { exact: true }).waitFor();
      await page.keyboard.press('Control+k');
      await page.locator('input[role="combobox"]:focus').fill('8949');
    },
    shows: 'Search profiles for 8949',
  },
  {
    name: 'fault that is on',
    path: '/break',
    reach: (page) => page.getByRole('switch', { name: 'The server is overloaded' }).click(),
    shows: 'Changed 0 requests so far',
  },
  { name: 'clock that is ahead', path: '/break?tab=clock', reach: click('+1 year'), shows: '8,760 hours' },
];

describeConsole(
  'on a full server',
  (frame) => {
    let filled: Filled;
    beforeAll(async () => {
      filled = await fill(frame);
    });

    it.each(views)('the $name is accessible', (view) =>
      expectAccessibleView(frame, {
        ...view,
        path: typeof view.path === 'string' ? view.path : view.path(filled),
      }),
    );
  },
  { tls: 'on' },
);
