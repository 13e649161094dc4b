import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { CreatedProfile, DeviceDetails, ProfileDetails } from '../../src/api/index.js';
import { describeConsole } from './support/console.js';

const screen = (page: Page) => page.locator('.phone');
const heading = (page: Page, name: string | RegExp) =>
  screen(page).getByRole('heading', { level: 2, name }).waitFor();
const press = (page: Page, name: string) => screen(page).getByRole('button', { name, exact: true }).click();

describeConsole('a page without phones', ({ open, call }) => {
  it('shows the whole story of a download after one click', async () => {
    const page = await open('/devices');
    await page.getByRole('button', { name: 'Make a phone and download a demo profile' }).waitFor();
    await page.getByRole('button', { name: 'Make a phone and download a demo profile' }).click();
    await screen(page).getByRole('switch', { checked: true }).waitFor();
    const [phone] = (await call<{ items: DeviceDetails[] }>('GET', '/devices')).items;
    expect(phone!.profiles).toMatchObject([{ state: 'enabled' }]);
    await page.getByRole('link', { name: 'getBoundProfilePackage', exact: true }).waitFor();
  });
});

describeConsole('a phone', ({ open, call }) => {
  const order = (body: object = {}) => call<CreatedProfile>('POST', '/profiles', body);
  const phoneNamed = (name: string) => call<DeviceDetails>('GET', `/devices/${name}`);
  const make = (name: string, body: object = {}) =>
    call<DeviceDetails>('POST', '/devices', { name, platform: 'phone', user: { consent: 'ask' }, ...body });

  it('is made, scans a code, asks its user, and turns the profile on and off and deletes it', async () => {
    const { iccid } = await order({ label: 'needle' });
    await order({ label: 'other' });
    const page = await open('/devices');
    await page.getByRole('button', { name: 'Make a phone', exact: true }).click();
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Platform').selectOption('android');
    await page.keyboard.press('Enter');
    await heading(page, 'eSIMs');
    await press(page, 'Add eSIM');
    await heading(page, 'Add eSIM');
    await page.getByLabel('Search the codes').fill('needle');
    await expect.poll(() => page.locator('.scan-code').count()).toBe(1);
    await page.locator('.scan-code').click();
    await heading(page, /^Add eSIM from/);
    await press(page, 'Yes, add it');
    await heading(page, 'eSIM added');
    await press(page, 'Turn it on');
    const onOff = screen(page).getByRole('switch');
    await screen(page).getByRole('switch', { checked: true }).waitFor();
    expect(await phoneNamed('anna')).toMatchObject({
      platform: 'android',
      profiles: [{ iccid, state: 'enabled' }],
    });
    await onOff.click();
    await expect.poll(async () => (await phoneNamed('anna')).profiles[0]!.state).toBe('disabled');
    await press(page, 'Delete');
    await page.getByText('Delete this eSIM?').waitFor();
    await press(page, 'Delete');
    await page.getByText('No eSIM yet.').waitFor();
    expect((await phoneNamed('anna')).profiles).toEqual([]);
  });

  it('is used with the keyboard alone', async () => {
    const { activationCode, id } = await order();
    await make('keys');
    const page = await open(`/profiles/${id}`);
    await page.getByRole('link', { name: 'Download with a phone' }).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Add eSIM');
    expect(await page.getByLabel('Enter a code').inputValue()).toBe(activationCode);
    await page.getByLabel('Enter a code').focus();
    await page.keyboard.press('Enter');
    await heading(page, /^Add eSIM from/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'eSIM added');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'eSIMs');
    expect(new URL(page.url()).searchParams.has('code')).toBe(false);
    expect((await phoneNamed('keys')).profiles).toMatchObject([{ state: 'disabled' }]);
  });

  it('says that the confirmation code is wrong, how many attempts are left, and takes the right one', async () => {
    const { activationCode, id } = await order({ confirmationCode: '1234' });
    await make('codes');
    const page = await open(`/devices/codes?code=${encodeURIComponent(activationCode!)}`);
    await press(page, 'Download');
    await press(page, 'Yes, add it');
    await heading(page, 'Enter the confirmation code');
    await page.getByLabel('Confirmation code').fill('9');
    await press(page, 'Next');
    await heading(page, 'Wrong confirmation code');
    const { confirmationCodeAttemptsLeft: left } = await call<ProfileDetails>('GET', `/profiles/id:${id}`);
    await page.getByText(`Attempts left: ${left}`).waitFor();
    await page.getByText('IncorrectConfirmationCode').waitFor();
    await page.getByLabel('Confirmation code').fill('1234');
    await page.keyboard.press('Enter');
    await press(page, 'Yes, add it');
    await heading(page, 'eSIM added');
  });

  it('finds the order of its EID, and says that there is none', async () => {
    const { eid } = await make('finder');
    const page = await open('/devices/finder');
    await press(page, 'Add eSIM');
    await press(page, 'Find by EID');
    await heading(page, 'eSIM not added');
    await page.getByText('The provider has no eSIM for this phone').waitFor();
    await page.getByText('What other devices say').waitFor();
    await order({ eid, matchingId: '' });
    await press(page, 'Try again');
    await press(page, 'Not now');
    await heading(page, 'Cancelled');
    await press(page, 'Try again');
    await press(page, 'No');
    await page.getByText('You refused the eSIM.').waitFor();
    await press(page, 'OK');
    await heading(page, 'eSIMs');
  });

  it('fails as it is told, and works again', async () => {
    const { activationCode } = await order({ reuse: 'unlimited' });
    await make('failing', { user: { consent: 'yes' } });
    const page = await open(`/devices/failing?code=${encodeURIComponent(activationCode!)}`);
    const turn = async (name: string, isOn: boolean): Promise<void> => {
      await page.getByRole('switch', { name }).click();
      await page.getByRole('switch', { name, checked: isOn, disabled: false }).waitFor();
    };
    await turn('Memory full', true);
    expect((await phoneNamed('failing')).card).toEqual({ memoryFull: true });
    await press(page, 'Download');
    await page.getByText('There is not enough memory for this eSIM.').waitFor();
    await turn('Memory full', false);
    await turn('Power lost', true);
    await press(page, 'Try again');
    await heading(page, 'The phone has lost power');
    await turn('Power lost', false);
    await turn('Hold notifications back', true);
    await press(page, 'Try again');
    await heading(page, 'eSIM added');
    await press(page, 'Later');
    await page.getByText('Notifications that the phone has not sent').waitFor();
    await press(page, 'Send them');
    await expect.poll(async () => (await phoneNamed('failing')).waitingNotifications).toBe(0);
    await page.getByRole('button', { name: 'Reset the eUICC' }).click();
    await page.getByText('No eSIM yet.').waitFor();
    await page.getByRole('button', { name: 'Remove the phone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the phone' }).click();
    await expect
      .poll(async () =>
        (await call<{ items: DeviceDetails[] }>('GET', '/devices')).items.map(({ name }) => name),
      )
      .not.toContain('failing');
  });

  it('follows what the API does with it, and leads to its session', async () => {
    const { activationCode } = await order();
    await make('remote', { user: { consent: 'yes' } });
    const page = await open('/devices/remote');
    await page.getByText('Nothing yet.').waitFor();
    const { result } = await call<{ result: { transactionId: string } }>(
      'POST',
      '/devices/remote/download?wait=true',
      { activationCode },
    );
    await heading(page, 'eSIM added');
    const link = page.getByRole('link', { name: 'See every message of this session' });
    expect(await link.getAttribute('href')).toContain(`/sessions/${result.transactionId}`);
    await page
      .getByRole('group', { name: 'Sequence diagram' })
      .getByRole('link', { name: /^getBoundProfilePackage/ })
      .click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/sessions/${result.transactionId}`);
    expect(new URL(page.url()).searchParams.has('exchange')).toBe(true);
    await page.goBack();
    await heading(page, 'eSIM added');
  });

  it('shows hostile names as text', async () => {
    const profileName = '<img src=x onerror=alert(1)>\u202eevil';
    const { activationCode } = await order({ metadata: { profileName } });
    await make('hostile');
    const page = await open(`/devices/hostile?code=${encodeURIComponent(activationCode!)}`);
    await press(page, 'Download');
    await heading(page, /^Add eSIM from/);
    await screen(page).getByText('⟨202E⟩evil').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  it('says that a phone or a code does not exist', async () => {
    await make('wrong');
    const page = await open('/devices/nobody');
    await page.getByText("there is no device 'nobody'").waitFor();
    await page.goto(new URL('/devices/wrong?code=nonsense', page.url()).href);
    await press(page, 'Download');
    await screen(page).getByRole('alert').waitFor();
  });

  it('fits a narrow screen, in German too', async () => {
    await make('narrow');
    const page = await open('/devices/narrow', { viewport: { width: 390, height: 844 }, locale: 'de-DE' });
    await press(page, 'eSIM hinzufügen');
    await page.getByLabel('Code eingeben').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});

describeConsole('a small fleet', ({ open, call }) => {
  it('downloads one profile with each phone, and shows how it went', async () => {
    const page = await open('/devices');
    await page.getByRole('slider', { name: 'Number of phones' }).fill('3');
    await page.getByRole('button', { name: 'Start the fleet' }).click();
    await page.getByText('3 of 3 phones have finished.').waitFor();
    await expect.poll(() => page.locator('.tile').filter({ hasText: 'eSIMs: 1' }).count()).toBe(3);
    const { items } = await call<{ items: DeviceDetails[] }>('GET', '/devices');
    expect(items.map(({ profiles }) => profiles.length)).toEqual([1, 1, 1]);
    await page.getByRole('link', { name: items[1]!.name }).click();
    await page.getByRole('region', { name: `Phone ${items[1]!.name}` }).waitFor();
  });
});
