import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';
import { expectAccessible } from './support/axe.js';
import { describeConsole } from './support/console.js';
import { eid, fill, type Filled } from './support/filled.js';
import { temporaryFolder } from './support/folder.js';

/** A view of the console: where it is, a text that shows that it is there, and what to do before. */
interface View {
  readonly name: string;
  readonly path: string | ((filled: Filled) => string);
  /** Waited for, after `reach`. */
  readonly shows: string | RegExp;
  readonly reach?: (page: Page) => Promise<unknown>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const click = (name: string | RegExp) => (page: Page) => button(page, name).first().click();

/** A page that an old link may name. The server answers 404 for it, so it is reached as a link in the console would. */
const goNowhere = (page: Page) =>
  page.evaluate('history.pushState(null, "", "nowhere"); dispatchEvent(new PopStateEvent("popstate"))');

const emptyViews: readonly View[] = [
  { name: 'overview', path: '/', shows: 'Live' },
  { name: 'profiles', path: '/profiles', shows: 'There are no profiles yet.' },
  { name: 'form for a profile', path: '/profiles/new', shows: 'Make the profile' },
  {
    name: 'form with errors',
    path: '/profiles/new',
    reach: async (page) => {
      await page.getByLabel('EID').fill('123');
      await page.getByLabel('MatchingID').fill('?');
      await page.keyboard.press('Enter');
    },
    shows: /^eid: /,
  },
  { name: 'form for a code', path: '/codes', shows: 'Your MatchingID and its QR code appear here.' },
  { name: 'sessions', path: '/sessions', shows: 'No device has called yet' },
  { name: 'manifest', path: '/preload', shows: 'Drop an EID manifest here' },
  { name: 'code list', path: '/preload?tab=codes', shows: 'Drop a list of activation codes here' },
  { name: 'pools', path: '/preload?tab=pools', shows: 'Make a pool' },
  { name: 'policies', path: '/preload?tab=policies', shows: 'mock-smdp mdm policy apply policy.yaml' },
  { name: 'faults', path: '/break', shows: 'The server is overloaded' },
  { name: 'codes that fail', path: '/break?tab=codes', shows: 'BPP-MAC-' },
  { name: 'rules', path: '/break?tab=rules', shows: 'Add the rule' },
  { name: 'clock', path: '/break?tab=clock', shows: 'The clock shows the machine' },
  { name: 'state', path: '/break?tab=state', shows: 'All namespaces are empty.' },
  { name: 'devices', path: '/devices', shows: 'No phone yet' },
  { name: 'operators', path: '/operators', shows: 'No operator has called yet.' },
  {
    name: 'page that does not exist',
    path: '/profiles',
    reach: goNowhere,
    shows: 'This page does not exist',
  },
];

describeConsole('on an empty server', ({ open }) => {
  it.each(emptyViews)('the $name is accessible', async ({ path, reach, shows }) => {
    const page = await open(path as string);
    await reach?.(page);
    await page.getByText(shows).first().waitFor();
    // In the dark, the views of the full server show the same parts.
    await expectAccessible(page, ['german']);
  });
});

const folder = temporaryFolder();
const fileWith = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const choose = (name: string, content: string) => (page: Page) =>
  page.locator('input[type=file]').setInputFiles(fileWith(name, content));

const fullViews: readonly View[] = [
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
    shows: '1 codes: 1 new',
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
  { name: 'phone with an eSIM', path: '/devices/home', shows: '· on' },
  {
    name: 'phone that adds an eSIM',
    path: '/devices/home',
    reach: click('Add eSIM'),
    shows: 'Scan a code of this server',
  },
  {
    name: 'question whether to delete an eSIM',
    path: '/devices/home',
    reach: click('Delete'),
    shows: 'Delete this eSIM?',
  },
  {
    name: 'question whether to remove a phone',
    path: '/devices/home',
    reach: click('Remove the phone'),
    shows: 'Remove this phone?',
  },
  { name: 'form for a phone', path: '/devices', reach: click('Make a phone'), shows: 'Platform' },
  { name: 'phone that asks for consent', path: '/devices/consent', shows: 'Yes, add it' },
  { name: 'phone that asks for a code', path: '/devices/asked', shows: 'Enter the confirmation code' },
  {
    name: 'phone with a wrong code',
    path: '/devices/wrong',
    shows: 'Wrong confirmation code. Attempts left',
  },
  { name: 'phone that was refused', path: '/devices/stranger', shows: 'What other devices say' },
  { name: 'phone without memory', path: '/devices/full', shows: 'There is not enough memory for this eSIM.' },
  { name: 'phone that went off', path: '/devices/dead', shows: 'The phone has lost power' },
  { name: 'phone whose user refused', path: '/devices/refusing', shows: 'You refused the eSIM.' },
  { name: 'phone that installed', path: '/devices/holding', shows: 'eSIM added' },
  {
    name: 'phone with waiting notifications',
    path: '/devices/holding',
    reach: click('Later'),
    shows: 'Notifications that the phone has not sent',
  },
  { name: 'phone that does not exist', path: '/devices/nobody', shows: "there is no device 'nobody'" },
  {
    name: 'fleet',
    path: '/devices',
    reach: async (page) => {
      await page.getByRole('slider', { name: 'Number of phones' }).fill('2');
      await button(page, 'Start the fleet').click();
    },
    shows: '2 of 2 phones have finished.',
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
    reach: (page) => page.getByRole('switch', { name: 'The server is overloaded' }).check(),
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

    it.each(fullViews)('the $name is accessible', async ({ path, reach, shows }) => {
      const page = await frame.open(typeof path === 'string' ? path : path(filled));
      await reach?.(page);
      await page.getByText(shows).first().waitFor();
      // What is reached by steps shows parts that another view has in the dark and on a narrow screen.
      await expectAccessible(page, reach ? [] : ['dark', 'narrow']);
    });
  },
  { tls: 'on' },
);

describeConsole(
  'where the listener demands a token',
  ({ open }) => {
    it('the page for the token is accessible, before and after a wrong one', async () => {
      const page = await open('/profiles');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await expectAccessible(page, ['dark', 'german']);
      await page.getByLabel('Token').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('the token is wrong').waitFor();
      await expectAccessible(page);
    });
  },
  { adminToken: 'a-token-of-some-length' },
);
