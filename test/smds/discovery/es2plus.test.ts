import { describe, expect, it } from 'vitest';
import { issueDpTls, issueDsTls } from '../../../src/pki/index.js';
import { deserted } from '../../cli/support/server.js';
import { ciOf, pemOf } from '../support/owners.js';
import { startRootStub as startStub, type Conduct } from '../support/root-stub.js';
import { startTestSmds } from '../support/smds.js';
import { deviceOf, newEid, Operator, smdpAddress } from './support/server.js';

const smdp = await startTestSmds({ dsAddress: undefined });
const operator = new Operator(smdp);
const ci = ciOf(smdp);
const dsTls = pemOf(issueDsTls(ci, { names: ['localhost'] }));
const smdsWith = (conduct: Conduct = { status: '' }) => startStub(dsTls, conduct);
const requestsTo = ({ requests }: Awaited<ReturnType<typeof smdsWith>>, name: string) =>
  requests.filter(({ path }) => path === `/gsma/rsp2/es12/${name}`);

describe('confirmOrder with an SM-DS', () => {
  it('is answered when the event is registered', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    expect(smds.requests).toEqual([
      {
        path: '/gsma/rsp2/es12/registerEvent',
        clientOid: '2.999.10',
        body: {
          header: {
            functionRequesterIdentifier: '2.999.10',
            functionCallIdentifier: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
          },
          ...{ eid, eventId: matchingId, rspServerAddress: smdpAddress, forwardingIndicator: false },
        },
      },
    ]);
    expect(await operator.profile(iccid)).toMatchObject({
      state: 'Released',
      smds: { state: 'registered', lastError: null },
    });
  });

  it('registers nothing before the profile is released', async () => {
    const smds = await smdsWith();
    const { iccid } = await operator.release(newEid(), smds.address, { releaseFlag: false });
    expect(smds.requests).toEqual([]);
    expect(await operator.profile(iccid)).toMatchObject({ state: 'Confirmed', smds: null });
    await operator.done('releaseProfile', { iccid });
    expect(requestsTo(smds, 'registerEvent')).toHaveLength(1);
  });

  it.each<[string, Conduct]>([
    ['8.9/4.2', { status: '8.9.5/3.3' }],
    ['8.9/4.2', { http: 500 }],
    ['8.9/4.2', { body: 'not JSON' }],
    ['8.9/5.1', 'close'],
  ])('is refused with %s where the SM-DS answers %o, and can be repeated', async (status, conduct) => {
    const smds = await smdsWith(conduct);
    const iccid = await operator.order(newEid());
    const confirmation = { iccid, smdsAddress: smds.address, matchingId: `M-${iccid}`, releaseFlag: true };
    expect((await operator.ask('confirmOrder', confirmation)).status).toBe(status);
    expect(await operator.profile(iccid)).toMatchObject({ state: 'Linked', smds: null });
    smds.conduct = { status: '' };
    await operator.done('confirmOrder', confirmation);
    expect(await operator.profile(iccid)).toMatchObject({ smds: { state: 'registered' } });
    expect(smds.requests.at(-1)!.path).toMatch(/registerEvent$/);
  });

  it.each([
    ['expired', issueDsTls(ci, { names: ['localhost'] }, { now: new Date('2020-01-01') })],
    ['that of an SM-DP+', issueDpTls(ci, { names: ['localhost'] })],
    ['for another name', issueDsTls(ci, { names: ['other.example.com'] })],
  ])('is refused with 8.9/5.1 where the certificate of the SM-DS is %s', async (_, credential) => {
    const smds = await startStub(pemOf(credential), { status: '' });
    const iccid = await operator.order(newEid());
    const confirmation = { iccid, smdsAddress: smds.address, releaseFlag: true };
    expect((await operator.ask('confirmOrder', confirmation)).status).toBe('8.9/5.1');
    expect(smds.requests).toEqual([]);
  });

  it('is refused with 8.9/5.1 where nobody listens, and is forgotten', async () => {
    const smdsAddress = await deserted();
    const iccid = await operator.order(newEid());
    const confirmation = { iccid, smdsAddress, matchingId: 'NOBODY', releaseFlag: true };
    expect((await operator.ask('confirmOrder', confirmation)).status).toBe('8.9/5.1');
    expect(await smdp.server.store.registration({ smdsAddress, eventId: 'NOBODY' })).toBeUndefined();
  });

  it('registers one event, however many repeat the call at the same time', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const iccid = await operator.order(eid);
    const confirmation = { iccid, smdsAddress: smds.address, matchingId: `R-${iccid}`, releaseFlag: true };
    const answers = await Promise.all([1, 2, 3].map(() => operator.ask('confirmOrder', confirmation)));
    expect(answers.map(({ status }) => status)).toEqual(Array(3).fill('Executed-Success'));
    expect(await operator.profile(iccid)).toMatchObject({ smds: { state: 'registered' } });
    expect(smds.requests.at(-1)!.path).toMatch(/registerEvent$/);
  });
});

describe('an SM-DP+ and an SM-DS of two processes', () => {
  it('have the event come with the order and go with it', async () => {
    const smds = await startTestSmds({ certs: smdp.pkiFolder });
    const { store } = smds.server;
    const eid = newEid();
    const { iccid, matchingId } = await operator.release(eid, `localhost:${smds.port}`);
    expect(await store.eventsForEid(eid)).toMatchObject([
      { eventId: matchingId, owner: '2.999.10', rspServerAddress: smdpAddress },
    ]);
    await deviceOf(smdp, eid).download({ smdpAddress, matchingId });
    await operator.event(iccid, null);
    expect(await store.eventsForEid(eid)).toEqual([]);
  });
});

describe('the event of an order is deleted', () => {
  it('when the profile is installed', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    const result = await deviceOf(smdp, eid).download({ smdpAddress, matchingId });
    expect(result).toMatchObject({ outcome: 'installed', iccid });
    await operator.event(iccid, null);
    expect(requestsTo(smds, 'deleteEvent')).toMatchObject([{ body: { eid, eventId: matchingId } }]);
  });

  it('when the user rejects the profile, but not when the download is postponed', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    const device = deviceOf(smdp, eid);
    await device.download({ smdpAddress, matchingId, cancel: 'postponed' });
    expect(await operator.profile(iccid)).toMatchObject({ smds: { state: 'registered' } });
    await device.download({ smdpAddress, matchingId, cancel: 'endUserRejection' });
    await operator.event(iccid, null);
    expect(requestsTo(smds, 'deleteEvent')).toHaveLength(1);
  });

  it('when the order is cancelled', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    const finalProfileStatusIndicator = 'Available';
    await operator.done('cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
    await expect.poll(() => requestsTo(smds, 'deleteEvent'), { timeout: 20_000 }).toHaveLength(1);
  });

  it('when the order is cancelled by hand, and registered again by a reset', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    await deviceOf(smdp, eid).download({ smdpAddress, matchingId });
    await operator.event(iccid, null);
    await operator.change(iccid, 'reset');
    await operator.event(iccid, 'registered');
    await operator.change(iccid, 'cancel');
    await expect.poll(() => requestsTo(smds, 'deleteEvent'), { timeout: 20_000 }).toHaveLength(2);
  });

  it('also where the SM-DS does not know it any more', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    smds.conduct = { status: '8.9.5/3.9' };
    await deviceOf(smdp, eid).download({ smdpAddress, matchingId });
    await operator.event(iccid, null);
    expect(requestsTo(smds, 'deleteEvent')).toHaveLength(1);
  });

  it('once the SM-DS is back that was away during the download', async () => {
    const [smds, eid] = [await smdsWith(), newEid()];
    const { iccid, matchingId } = await operator.release(eid, smds.address);
    smds.conduct = 'close';
    const result = await deviceOf(smdp, eid).download({ smdpAddress, matchingId });
    expect(result).toMatchObject({ outcome: 'installed' });
    await expect.poll(() => requestsTo(smds, 'deleteEvent').length, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await operator.profile(iccid)).toMatchObject({
      state: 'Installed',
      smds: { state: 'deleting', lastError: expect.stringContaining('SM-DS') as string },
    });
    smds.conduct = { status: '' };
    await operator.event(iccid, null);
  });
});
