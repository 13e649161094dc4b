import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { expectAccessible } from '../support/axe.js';
import { describeConsole } from '../support/console.js';
import type { View } from './view.js';

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
    const page = await open(path);
    await reach?.(page);
    await page.getByText(shows).first().waitFor();
    // In the dark, the views of the full server show the same parts.
    await expectAccessible(page, ['narrow']);
  });
});

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
