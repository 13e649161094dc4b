import { beforeAll, it } from 'vitest';
import { describeConsole } from '../support/console.js';
import { fillPhones } from '../support/filled.js';
import { button, click, expectAccessibleView, type View } from './view.js';

const views: readonly View[] = [
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
];

describeConsole(
  'with phones at each screen',
  (frame) => {
    beforeAll(() => fillPhones(frame));

    it.each(views)('the $name is accessible', (view) => expectAccessibleView(frame, view));
  },
  { tls: 'on' },
);
