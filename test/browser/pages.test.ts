import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CreatedProfile, FaultView, ProfileList, StatisticsView } from '../../src/api/index.js';
import { describeConsole } from './support/console.js';
import { temporaryFolder } from './support/folder.js';

const eid = '89049032123451234512345678901235';

describeConsole('the overview', ({ open, call }) => {
  it('shows the counts of the API, and follows them', async () => {
    const page = await open('/');
    const first = await call<StatisticsView>('GET', '/statistics');
    const total = page.locator('.figures li').first().locator('strong');
    await expect.poll(() => total.textContent()).toBe(String(first.profiles.total));
    for (let count = 0; count < 3; count++) await call('POST', '/profiles', { eid });
    await call('POST', '/pools', { name: 'north', count: 5 });
    await page.reload();
    const { profiles } = await call<StatisticsView>('GET', '/statistics');
    await expect.poll(() => total.textContent()).toBe(String(profiles.total));
    await page.getByRole('link', { name: `Released ${profiles.byState.Released}` }).waitFor();
    await page.getByText('Device not synced').waitFor();
    await page.getByRole('img', { name: 'QR code' }).first().waitFor();
  });

  it('loads the code of the chart only there', async () => {
    const page = await open('/profiles');
    await page.getByRole('table').waitFor();
    const loaded = await page.evaluate(
      'performance.getEntriesByType("resource").map(({ name }) => name).join()',
    );
    expect(loaded).not.toContain('chart');
  });
});

describeConsole('the profiles', ({ open, call }) => {
  const hostile = '<img src=x onerror="document.title=1">\u202eevil';

  it('are found by a part of an identifier, with the search in the address', async () => {
    const needle = await call<CreatedProfile>('POST', '/profiles', { matchingId: 'NEEDLE-1', label: 'lab' });
    await call('POST', '/profiles', { label: 'other' });
    const page = await open('/profiles');
    await page.getByLabel('Search profiles').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await expect.poll(() => new URL(page.url()).searchParams.get('search')).toBe('needle');
    await page.getByText('1 row').waitFor();
    await page.getByRole('link', { name: needle.iccid }).click();
    await page.getByRole('heading', { level: 1, name: needle.iccid }).waitFor();
    await page.goBack();
    expect(await page.getByLabel('Search profiles').inputValue()).toBe('needle');
  });

  it('are found by a whole EID, in groups of digits too', async () => {
    const { iccid } = await call<CreatedProfile>('POST', '/profiles', { eid, matchingId: '' });
    const page = await open('/profiles');
    await page.getByLabel('Search profiles').fill(eid.replace(/(\d{8})(?=\d)/g, '$1 '));
    await page.getByText('1 row').waitFor();
    await page.getByRole('link', { name: iccid }).waitFor();
    await call('DELETE', `/profiles/${iccid}`);
  });

  it('are filtered by state, also by a link that was kept', async () => {
    await call('POST', '/profiles', { state: 'Available' });
    const page = await open('/profiles?state=Available');
    await page.getByRole('button', { name: /^Available/, pressed: true }).waitFor();
    await page.getByText('1 row').waitFor();
    await page.getByRole('button', { name: /^Released/ }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.getAll('state'))
      .toEqual(['Available', 'Released']);
  });

  it('show hostile text as text', async () => {
    const { id } = await call<CreatedProfile>('POST', '/profiles', { label: hostile });
    const page = await open(`/profiles/${id}`);
    await page.getByText('⟨202E⟩evil').waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await page.goto(new URL('/profiles', page.url()).href);
    await page.getByText('⟨202E⟩evil').waitFor();
  });

  it('can be released, cancelled, reset and removed, and change on the page as they change on the server', async () => {
    const { id } = await call<CreatedProfile>('POST', '/profiles', { state: 'Confirmed' });
    const page = await open(`/profiles/${id}`);
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByText('A device can download it now.').first().waitFor();
    await call('POST', `/profiles/id:${id}/cancel`, {});
    await page.getByText('Prepared. Nobody has ordered it.').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
    expect((await call<ProfileList>('GET', '/profiles')).items.map((profile) => profile.id)).not.toContain(
      id,
    );
  });

  it('show their code on the whole screen', async () => {
    const { id } = await call<CreatedProfile>('POST', '/profiles', {});
    const page = await open(`/profiles/${id}`);
    await page.getByRole('button', { name: 'Full screen' }).last().click();
    await page.getByRole('dialog', { name: 'Scan this code with the device' }).getByRole('img').waitFor();
  });

  it('are made in a form that explains its fields, and says what is wrong beside them', async () => {
    const page = await open('/profiles/new');
    await page.getByLabel('EID').fill('123');
    await page.getByRole('button', { name: 'Make the profile' }).click();
    await expect.poll(() => page.getByLabel('EID').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('EID').fill(eid);
    await page.getByLabel('Label').fill('from the form');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Profile 8' }).waitFor();
    await page.getByRole('link', { name: 'from the form' }).waitFor();
  });

  it('are ordered with an EID and a confirmation code, as SGP.26 asks', async () => {
    const page = await open('/codes');
    await page.getByLabel('EID').fill(eid);
    await page.getByLabel('Confirmation code').fill('2468');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'QR code' }).waitFor();
    const { items } = await call<ProfileList>('GET', '/profiles?order=newest&limit=1');
    await page.getByText(items[0]!.matchingId!, { exact: true }).waitFor();
    expect(items[0]).toMatchObject({ eid, confirmationCodeRequired: true });
  });

  it('say that one does not exist', async () => {
    const page = await open('/profiles/999999');
    await page.getByText('there is no profile id:999999').waitFor();
  });
});

describeConsole('preloading', ({ open, call }) => {
  const folder = temporaryFolder();
  const fileWith = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('checks a manifest, says why rows are wrong, imports it, and takes it back', async () => {
    const page = await open('/preload');
    const file = page.locator('input[type=file]');
    await file.setInputFiles(fileWith('bad rows.csv', `eid,label\n${eid},"<b>x</b>"\n123,y\n`));
    await page.getByText('Nothing was imported, because rows are wrong.').waitFor();
    await page.getByText('Rejected rows: 1').waitFor();
    await page.getByLabel('Pool').fill('');
    await file.setInputFiles(fileWith('lab 7.csv', `eid,label\n${eid},a\n`));
    await page.getByText('Checked. Nothing has been imported yet.').waitFor();
    expect((await call<ProfileList>('GET', '/profiles?pool=lab-7')).items).toHaveLength(0);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Imported.').waitFor();
    expect((await call<ProfileList>('GET', '/profiles?pool=lab-7')).items).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('Undone: 1 profile is removed.').waitFor();
    expect((await call<ProfileList>('GET', '/profiles?pool=lab-7')).items).toHaveLength(0);
  });

  it('checks and imports a list of activation codes, and takes it back', async () => {
    const page = await open('/preload?tab=codes');
    await page
      .locator('input[type=file]')
      .setInputFiles(fileWith('codes.csv', 'localhost\n8900101000000000019,0A1B2-3C4D5-6E7F8-90ABC\n'));
    await page.getByText('1 code: 1 new').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('1 profile is removed').waitFor();
  });

  it('makes pools with a sheet to print', async () => {
    const page = await open('/preload?tab=pools');
    await page.getByLabel('Name').fill('north');
    await page.getByLabel('Profiles').fill('3');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('link', { name: 'QR sheet to print' });
    await sheet.waitFor();
    expect((await page.request.get((await sheet.getAttribute('href'))!)).status()).toBe(200);
  });
});

describeConsole(
  'breaking it',
  ({ open, call }) => {
    const rules = async () => (await call<{ items: FaultView[] }>('GET', '/faults')).items;

    it('switches a fault on and off', async () => {
      const page = await open('/break');
      const busy = page.getByRole('switch', { name: 'The server is overloaded' });
      await busy.check();
      await expect.poll(async () => (await rules()).map(({ httpStatus }) => httpStatus)).toEqual([503]);
      await page.getByText('Changed 0 requests so far').waitFor();
      await busy.click();
      await expect.poll(rules).toEqual([]);
    });

    it('shows what the user wants until the server has answered, and then what holds', async () => {
      const page = await open('/break');
      const busy = page.getByRole('switch', { name: 'The server is overloaded' });
      let answer = () => {};
      const isAnswered = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/api/v1/faults', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback();
        await isAnswered;
        await route.fulfill({ status: 400, json: { status: 400, detail: 'Not today.' } });
      });
      await busy.click();
      // Loads the rules again, as the page does every three seconds.
      await page.waitForResponse((response) => response.url().endsWith('/api/v1/faults'));
      expect(await busy.isChecked()).toBe(true);
      answer();
      await page.getByText('Not today.').waitFor();
      await expect.poll(() => busy.isChecked()).toBe(false);
    });

    it('has only rules that the server takes', async () => {
      const page = await open('/break');
      await page.getByRole('switch', { name: /ServerSignature1 does not verify/ }).waitFor();
      const all = page.getByRole('switch');
      const count = await all.count();
      for (const one of await all.all()) await one.check();
      await expect.poll(async () => (await rules()).length).toBe(count);
      await call('DELETE', '/faults');
    });

    it('shows a rule of one’s own with its counters', async () => {
      const page = await open('/break?tab=rules');
      await page.getByLabel('Rule as JSON').fill('{');
      await page.getByRole('button', { name: 'Add the rule' }).click();
      await page.getByText('This is not JSON').waitFor();
      await page
        .getByLabel('Rule as JSON')
        .fill('{"name":"<i>mine</i>","next":"authenticateClient","httpStatus":503}');
      await page.getByRole('button', { name: 'Add the rule' }).click();
      await page.getByText('<i>mine</i>').first().waitFor();
    });

    it('moves the clock, and puts it back', async () => {
      const page = await open('/break?tab=clock');
      await page.getByRole('button', { name: '+1 year' }).click();
      await page.getByText('8,760 hours ahead').waitFor();
      await page.getByRole('button', { name: 'Back to the machine' }).click();
      await page.getByText('The clock shows the machine').waitFor();
    });

    it('saves and restores a snapshot, and resets', async () => {
      const page = await open('/break?tab=state');
      await page.getByLabel('Name').fill('before');
      await page.keyboard.press('Enter');
      await page.getByText('The snapshot is saved.').waitFor();
      await call('POST', '/profiles', {});
      await page.getByRole('button', { name: 'Restore' }).click();
      await page.getByText('The snapshot is restored.').waitFor();
      expect((await call<ProfileList>('GET', '/profiles')).items).toHaveLength(0);
      await call('POST', '/profiles', {});
      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
      await page.getByText('The server is back in its initial state.').waitFor();
      expect((await call<ProfileList>('GET', '/profiles')).items).toHaveLength(0);
    });

    it('lists the codes that fail', async () => {
      const page = await open('/break?tab=codes');
      await page.getByText('BPP-MAC-').first().waitFor();
    });
  },
  { tls: 'on' },
);

describeConsole('the operators', (frame) => {
  it('show orders as they arrive', async () => {
    const page = await frame.open('/operators');
    await page.getByText('No operator has called yet.').waitFor();
    await fetch(`${frame.server.operatorUrl}/gsma/rsp2/es2plus/downloadOrder`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        header: { functionRequesterIdentifier: '1.2.3', functionCallIdentifier: 'a' },
        profileType: 'generic',
      }),
    });
    await page.getByText('downloadOrder').waitFor();
  });
});
