import { describe, expect, it } from 'vitest';
import type { InstalledProfile, VirtualDevice } from '../../../src/device/index.js';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer();
const smdpAddress = 'localhost';

const install = async (device: VirtualDevice, matchingId: string): Promise<InstalledProfile> =>
  (await device.download({ smdpAddress, matchingId })) as InstalledProfile;

describe('the order behind a MatchingID that stands for a fault', () => {
  it('is a real one: it is listed, with the MatchingID as its label, and ends up Installed', async () => {
    const device = server.device();
    const { iccid } = await install(device, 'WARN');
    const { body } = await server.call('GET', `/profiles/${iccid}`);
    expect(body).toMatchObject({ state: 'Installed', label: 'WARN', eid: device.eid });
  });

  it('is made anew for each eUICC', async () => {
    const [one, other] = await Promise.all([
      install(server.device(), 'WARN'),
      install(server.device(), 'WARN'),
    ]);
    expect(one.iccid).not.toBe(other.iccid);
  });

  it('is a new one, with an ICCID of its own, when the last one is installed', async () => {
    const device = server.device();
    const first = await install(device, 'WARN');
    const second = await install(device, 'WARN');
    expect(second.iccid).not.toBe(first.iccid);
    expect(device.profiles()).toHaveLength(2);
  });

  it('stays the same until then, so that a download can be tried again', async () => {
    const device = server.device();
    const offered: string[] = [];
    const attempt = () =>
      outcomeOf(
        device.download({
          smdpAddress,
          matchingId: 'LOST-GBPP',
          consent: ({ iccid }) => {
            offered.push(iccid);
            return 'agree';
          },
        }),
      );
    expect(await attempt()).toMatch(/^TransportError/);
    expect(await attempt()).toMatch(/^TransportError/);
    expect(offered[1]).toBe(offered[0]);
    expect((await server.call('GET', `/profiles/${offered[0]}`)).body).toMatchObject({ state: 'Downloaded' });
  });

  it('lets notifications that come later find it, although there is a newer one', async () => {
    const device = server.device();
    const first = await install(device, 'WARN');
    await install(device, 'WARN');
    device.enable(first.iccid);
    expect((await device.sendNotifications()).map(({ error }) => error)).toEqual([undefined]);
    expect((await server.call('GET', `/profiles/${first.iccid}`)).body).toMatchObject({
      installedState: 'enabled',
    });
  });

  it('is not given to a device without a MatchingID', async () => {
    const device = server.device();
    await outcomeOf(device.download({ smdpAddress, matchingId: 'CUT' }));
    expect(await outcomeOf(device.download({ smdpAddress }))).toMatch(/8\.1\.1 \/ 3\.8/);
  });

  it('is not made if there is a prepared order with that MatchingID', async () => {
    await server.call('POST', '/profiles', { matchingId: 'HTML', label: 'mine' });
    const { iccid } = await install(server.device(), 'HTML');
    expect((await server.call('GET', `/profiles/${iccid}`)).body).toMatchObject({ label: 'mine' });
  });

  it('takes the confirmation code that it names', async () => {
    const options = { smdpAddress, matchingId: 'CC-4711' };
    const device = server.device();
    expect(await outcomeOf(device.download({ ...options, confirmationCode: '4712' }))).toMatch(
      /8\.2\.7 \/ 3\.8/,
    );
    expect(await outcomeOf(device.download({ ...options, confirmationCode: '4711' }))).toBe('installed');
  });
});

describe('a MatchingID that is almost one of these', () => {
  it.each([
    ['ERR-8-2', 'ERR-[step-]<subject code>-<reason code>'],
    ['SLOW', 'SLOW-[step-]<seconds>'],
    ['SLOW-601', 'seconds are 1 to 600; was SLOW-[step-]<seconds> meant?'],
    ['SLOW-GBPP-0', 'seconds are 1 to 600'],
    ['CERT-EXPIRD', 'was CERT-EXPIRED meant?'],
    ['CERT-NONESUCH', 'was CERT-... meant?'],
    [
      'ERR-8-2-6',
      'reason is missing, as 3-8 in 8-2-6-3-8; was ERR-[step-]<subject code>-<reason code> meant?',
    ],
    ['ERR-GBPP-8-2-6', 'reason is missing'],
    ['BPP-MAC-0', 'n is 1 to 9999; was BPP-MAC-<n> meant?'],
    ['HTTP-99', 'status is 200 to 599'],
    ['ERR-INIT-8-8-1-3-8', 'use a fault rule'],
  ])('%s is refused as unknown, with a word on what was meant', async (matchingId, hint) => {
    const outcome = await outcomeOf(server.device().download({ smdpAddress, matchingId }));
    expect(outcome).toMatch(/8\.2\.6 \/ 3\.8/);
    expect(outcome).toContain(hint);
  });

  it.each(['SLOWLY', 'ERRANT-1', 'err-8-2-6-3-8'])('%s is simply unknown', async (matchingId) => {
    const outcome = await outcomeOf(server.device().download({ smdpAddress, matchingId }));
    expect(outcome).toMatch(/8\.2\.6 \/ 3\.8 \(MatchingID is not known\)/);
  });
});
