import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { DeviceDetails, FaultView, ProfileList } from '../../src/api/index.js';
import { describeConsole } from './support/console.js';

/** What has the focus: its text or label, and whether the ring around it can be seen. */
interface Focus {
  readonly name: string;
  readonly isVisible: boolean;
}

const focusNow = `(() => {
  const { activeElement: element } = document;
  const hasRing = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  const labels = element.labels ? [...element.labels].map(({ textContent }) => textContent) : [];
  const name = [element.getAttribute('aria-label'), ...labels, element.textContent].find((text) => text?.trim());
  const shown = element.type === 'file' ? element.closest('label') : element;
  const { width, height, top, bottom } = shown.getBoundingClientRect();
  const isInView = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  // A focused arrow of the sequence diagram has a frame.
  const frame = element.querySelector('.hit');
  const isFramed = frame !== null && getComputedStyle(frame).stroke !== 'none';
  // The browser itself marks the part of a date that has the focus. A row of a table marks the link that fills it.
  const isMarked = hasRing(shown) || isFramed || element.type === 'datetime-local' || [...document.querySelectorAll('.line:has(:focus-visible)')].some(hasRing);
  return { name: (name ?? '').trim(), isVisible: isInView && isMarked };
})()`;

/** A person who has only a keyboard. */
class Typist {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  focus(): Promise<Focus> {
    return this.#page.evaluate<Focus>(focusNow);
  }

  /** Presses Tab until something of that name has the focus. Whatever has it on the way can be seen. */
  async tabTo(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let presses = 0; presses < 120; presses++) {
      await this.press(key);
      const focus = await this.focus();
      passed.push(focus.name.slice(0, 40));
      if (await this.#isElsewhere()) continue;
      expect(focus, `after ${passed.join(' > ')}`).toMatchObject({ isVisible: true });
      if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
    }
    throw new Error(`the focus does not come to ${String(name)}: ${passed.join(' > ')}`);
  }

  /** Goes to a page through the command palette. */
  async goTo(page: string): Promise<void> {
    await this.press('Control+k');
    await this.#page.locator('input[role="combobox"]:focus').waitFor();
    await this.type(page);
    await this.press('Enter');
    await this.#page.getByRole('heading', { level: 1, name: page }).waitFor();
  }

  async heading(name: string | RegExp): Promise<void> {
    await this.#page.locator('.phone').getByRole('heading', { level: 2, name }).waitFor();
  }

  /** Whether the focus is in the browser's own parts, or on the heading of a page that has just loaded and takes the focus itself. */
  #isElsewhere(): Promise<boolean> {
    return this.#page.evaluate<boolean>("['BODY', 'H1'].includes(document.activeElement.tagName)");
  }
}

/** The demo of docs/demos.md: prepare, scan, watch, break, reset. */
async function walk(
  page: Page,
  call: <Answer>(method: 'GET', path: string) => Promise<Answer>,
): Promise<void> {
  const person = new Typist(page);
  await page.getByText('Live', { exact: true }).waitFor({ state: 'attached' });

  // Prepare: a profile from the form, with a label.
  await person.goTo('Profiles');
  await person.tabTo('Make a profile');
  await person.press('Enter');
  await page.getByLabel('Label').waitFor();
  await person.tabTo('Label');
  await person.type('for the demo');
  await person.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Profile 8/ }).waitFor();
  const [made] = (await call<ProfileList>('GET', '/profiles?search=for+the+demo')).items;
  expect(made!.state).toBe('Released');

  // Scan: the virtual phone, with its questions.
  await person.tabTo('Download with a phone');
  await person.press('Enter');
  await page.getByRole('button', { name: 'Make a phone for this code' }).waitFor();
  await person.tabTo('Make a phone for this code');
  await person.press('Enter');
  await person.heading('Add eSIM');
  await person.tabTo('Download');
  await person.press('Enter');
  await person.heading(/^Add eSIM from/);
  await person.tabTo('Yes, add it');
  await person.press('Enter');
  await person.heading('eSIM added');
  await person.tabTo('Turn it on');
  await person.press('Enter');
  await page.getByRole('switch', { name: /· on/ }).waitFor();
  const phones = () => call<{ items: DeviceDetails[] }>('GET', '/devices');
  expect((await phones()).items[0]!.profiles).toMatchObject([{ iccid: made!.iccid, state: 'enabled' }]);

  // Watch: its session, message by message.
  await person.goTo('Sessions');
  await page.locator('.session-line').first().waitFor();
  await person.tabTo(new RegExp(made!.iccid));
  await person.press('Enter');
  await page.locator('a.arrow').first().waitFor();
  await person.tabTo(/authenticateClient/);
  await person.press('Enter');
  await page.getByRole('heading', { name: 'ES9+ authenticateClient' }).waitFor();
  await person.tabTo('Checks');
  await person.press('ArrowRight');
  expect((await person.focus()).name).toBe('Request');

  // Break: a switch, and what the phone then shows.
  await person.goTo('Break it');
  await page.getByRole('switch', { name: 'No activation code is known' }).waitFor();
  await person.tabTo('No activation code is known');
  await person.press('Space');
  const rules = async () => (await call<{ items: FaultView[] }>('GET', '/faults')).items;
  await expect.poll(async () => (await rules()).length).toBe(1);
  await person.goTo('Devices');
  await page.locator('.phone').waitFor();
  await person.tabTo('Add eSIM');
  await person.press('Enter');
  await person.heading('Add eSIM');
  await person.tabTo('Enter a code');
  await person.type(made!.activationCode!);
  await person.press('Enter');
  await person.heading('eSIM not added');
  await person.tabTo('See every message of this session');
  await person.press('Enter');
  await page.getByText('The server refused authenticateClient with 8.2.6/3.8:').waitFor();
  await person.tabTo('What devices show their user');
  await person.press('Enter');
  await page.getByText('InvalidMatchingId').first().waitFor();

  // Reset: everything is as at the start.
  await person.goTo('Break it');
  await person.tabTo('Faults');
  await person.press('ArrowLeft');
  expect((await person.focus()).name).toBe('Reset and snapshots');
  await person.tabTo('Reset');
  await person.press('Enter');
  await page.getByRole('dialog').waitFor();
  await person.tabTo('Reset');
  await person.press('Enter');
  await page.getByText('The server is back in its initial state.').waitFor();
  expect((await rules()).length).toBe(0);
  expect((await call<ProfileList>('GET', '/profiles')).items).toEqual([]);
}

describeConsole('the demo with the keyboard alone', ({ open, call }) => {
  it.each([
    ['on a wide screen', {}],
    ['at 390 pixels', { viewport: { width: 390, height: 844 } }],
  ])('can be given %s', async (_name, options) => {
    const page = await open('/', options);
    await walk(page, call);
  });
});
