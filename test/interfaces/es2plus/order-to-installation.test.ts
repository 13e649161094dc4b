import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/pki-folder.js';
import { eid, startOperatorSide, type OperatorSide } from './support.js';

let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide();
});

const finalProfileStatusIndicator = 'Available';

describe('from the order to the installation', () => {
  it('a profile goes by its MatchingID', async () => {
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'Test' });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: true });
    const result = await smdp.device().download({ smdpAddress: smdp.address, matchingId });
    expect(result).toMatchObject({ outcome: 'installed', iccid });
    const { profile, history } = await smdp.trace(iccid!);
    expect(profile.state).toBe('Installed');
    expect(history.map(({ trigger, to }) => `${trigger}: ${to}`)).toEqual([
      ...['downloadOrder: Allocated', 'confirmOrder: Released'],
      ...['getBoundProfilePackage: Downloaded', 'notification install: Installed'],
    ]);
  });

  it('a profile goes to the EID that it was ordered for', async () => {
    const device = smdp.device();
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic', eid: device.eid });
    await smdp.done('confirmOrder', { iccid, matchingId: '', releaseFlag: true });
    const order = { smdpAddress: smdp.address };
    await expect(smdp.device().download(order)).rejects.toMatchObject({ status: '8.1.1/3.8' });
    expect(await device.download(order)).toMatchObject({ outcome: 'installed', iccid });
  });

  it('a profile waits for its release', async () => {
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic' });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    const order = { smdpAddress: smdp.address, matchingId };
    await expect(smdp.device().download(order)).rejects.toMatchObject({ status: '8.2/1.2' });
    await smdp.done('releaseProfile', { iccid });
    expect(await smdp.device().download(order)).toMatchObject({ outcome: 'installed', iccid });
  });

  it('a wrong confirmation code locks the order at the limit of its operator, and the right one does not help', async () => {
    await smdp.register('strict', { confirmationCodeAttempts: 2 });
    const as = 'strict';
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic' }, { as });
    const confirmation = { iccid, confirmationCode: '1234', releaseFlag: true };
    const { matchingId } = await smdp.done('confirmOrder', confirmation, { as });
    const device = smdp.device();
    const attempt = (confirmationCode: string) =>
      device.download({ smdpAddress: smdp.address, matchingId, confirmationCode });
    await expect(attempt('0000')).rejects.toMatchObject({ status: '8.2.7/3.8' });
    await expect(attempt('0000')).rejects.toMatchObject({ status: '8.2.7/3.8' });
    await expect(attempt('1234')).rejects.toMatchObject({ status: '8.2.7/6.4' });
    expect((await smdp.byIccid(iccid!)).state).toBe('Error');
  });

  it('a restart gives no further attempts at a confirmation code', async () => {
    const again = { database: join(temporaryFolder(), 'smdp.db'), pkiFolder: smdp.pkiFolder };
    const before = await startOperatorSide(again);
    await before.register('strict', { confirmationCodeAttempts: 1 });
    const as = 'strict';
    const { iccid } = await before.done('downloadOrder', { profileType: 'generic' }, { as });
    const confirmation = { iccid, confirmationCode: '1234', releaseFlag: true };
    const { matchingId } = await before.done('confirmOrder', confirmation, { as });
    const attempt = (side: OperatorSide, confirmationCode: string) =>
      side.device({ eid }).download({ smdpAddress: side.address, matchingId, confirmationCode });
    await expect(attempt(before, '0000')).rejects.toMatchObject({ status: '8.2.7/3.8' });
    await before.stop();

    const after = await startOperatorSide(again);
    await expect(attempt(after, '1234')).rejects.toMatchObject({ status: '8.2.7/6.4' });
    expect((await after.byIccid(iccid!)).state).toBe('Error');
  });

  it('a cancelled order cannot be downloaded, by a device that has begun neither', async () => {
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic' });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: true });
    const cancel = () =>
      smdp
        .done('cancelOrder', { iccid, matchingId, finalProfileStatusIndicator })
        .then(() => 'agree' as const);
    const order = { smdpAddress: smdp.address, matchingId };
    await expect(smdp.device().download({ ...order, consent: cancel })).rejects.toMatchObject({
      status: '8.10.1/3.9',
    });
    await expect(smdp.device().download(order)).rejects.toMatchObject({ status: '8.2.6/3.8' });
    expect((await smdp.byIccid(iccid!)).state).toBe('Available');
  });
});
