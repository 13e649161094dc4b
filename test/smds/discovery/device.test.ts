import { describe, expect, it } from 'vitest';
import type { DiscoveryResult, ServerRefusal } from '../../../src/device/index.js';
import { deserted } from '../../cli/support/server.js';
import { names, startTestSmds } from '../support/smds.js';
import { deviceOf, newEid, Operator, smdpAddress } from './support/server.js';

const { dsAddress } = names;
const server = await startTestSmds();
const operator = new Operator(server);
const { store } = server.server;

/** `address MatchingID: ICCID`, or what happened instead. */
const told = (findings: readonly DiscoveryResult[]): string[] =>
  findings.map(({ address, matchingId, result, error }) => {
    const outcome = result?.outcome === 'installed' ? result.iccid : (result?.outcome ?? error?.name);
    return `${address} ${matchingId ?? '-'}: ${outcome}`;
  });

describe('a device that asks an SM-DS', () => {
  it('downloads what was ordered for it, and nothing the second time', async () => {
    const eid = newEid();
    const { iccid, matchingId } = await operator.release(eid, dsAddress);
    expect(await store.eventsForEid(eid)).toMatchObject([
      { eventId: matchingId, owner: '2.999.10', rspServerAddress: smdpAddress },
    ]);
    const device = deviceOf(server, eid);
    device.configure({ rootSmdsAddresses: [dsAddress] });
    expect(told(await device.discover())).toEqual([`${smdpAddress} ${matchingId}: ${iccid}`]);
    await operator.event(iccid, null);
    expect(await store.eventsForEid(eid)).toEqual([]);
    expect(await device.discover()).toEqual([]);
  });

  it('downloads several profiles, in the order in which they were ordered', async () => {
    const eid = newEid();
    const orders = [];
    for (let count = 0; count < 3; count++) orders.push(await operator.release(eid, dsAddress));
    const findings = await deviceOf(server, eid).discover({ smdsAddresses: [dsAddress] });
    expect(told(findings)).toEqual(
      orders.map(({ iccid, matchingId }) => `${smdpAddress} ${matchingId}: ${iccid}`),
    );
  });

  it('gets nothing of what is for another device', async () => {
    const eid = newEid();
    await operator.release(eid, dsAddress);
    expect(await deviceOf(server, newEid()).discover({ smdsAddresses: [dsAddress] })).toEqual([]);
  });

  it('says what fails, and goes on with the rest', async () => {
    const eid = newEid();
    const [first, second] = [await operator.release(eid, dsAddress), await operator.release(eid, dsAddress)];
    const { id, version } = (await store.profilesByIccid(first.iccid))[0]!;
    await store.commit([{ kind: 'updateProfile', id, version, set: { downloadAttemptsLeft: 0 } }]);
    const away = await deserted();
    const device = deviceOf(server, eid, (address) => (address.startsWith('away') ? away : undefined));
    const findings = await device.discover({
      smdsAddresses: ['away.example.com', dsAddress],
    });
    expect(told(findings)).toEqual([
      'away.example.com -: TransportError',
      `${smdpAddress} ${first.matchingId}: ServerRefusal`,
      `${smdpAddress} ${second.matchingId}: ${second.iccid}`,
    ]);
    expect((findings[1]!.error as ServerRefusal).status).toBe('8.8.5/6.4');
    await operator.event(first.iccid, null);
  });

  it('cannot download from it', async () => {
    const download = deviceOf(server, newEid()).download({ smdpAddress: dsAddress });
    await expect(download).rejects.toThrow(/the server is an SM-DS/);
  });

  it('is led by a root SM-DS over an alternative one to the SM-DP+', async () => {
    const root = await startTestSmds({ certs: server.pkiFolder });
    const alternative = await startTestSmds({
      ...{ certs: server.pkiFolder, dsAddress: 'alternative.example.com' },
      dsRoot: `localhost:${root.port}`,
    });
    const eid = newEid();
    const { iccid, matchingId } = await new Operator(alternative).release(eid, 'alternative.example.com');
    const device = deviceOf(alternative, eid, (address) =>
      address === dsAddress ? `127.0.0.1:${root.port}` : undefined,
    );
    const asked: string[] = [];
    const findings = await device.discover({
      smdsAddresses: [dsAddress],
      onServer: (address) => asked.push(address),
    });
    expect(told(findings)).toEqual([`${smdpAddress} ${matchingId}: ${iccid}`]);
    expect(asked.slice(0, 3)).toEqual([dsAddress, 'alternative.example.com', smdpAddress]);
    await new Operator(alternative).event(iccid, null);
    expect(await root.server.store.eventsForEid(eid)).toEqual([]);
  });
});

describe('a device that asks its default SM-DP+', () => {
  it('downloads all that waits for its EID, one profile in each session, the oldest first', async () => {
    const eid = newEid();
    const iccids = [];
    for (let count = 0; count < 3; count++)
      iccids.push((await operator.create({ eid, matchingId: '' })).iccid);
    await operator.create({ eid });
    const device = deviceOf(server, eid);
    device.configure({ defaultSmdpAddress: smdpAddress });
    expect(told(await device.discover())).toEqual(iccids.map((iccid) => `${smdpAddress} -: ${iccid}`));
    expect(await device.discover()).toEqual([]);
  });

  it('says that a profile is not released yet', async () => {
    const eid = newEid();
    await operator.create({ eid, matchingId: '', state: 'Confirmed' });
    const [finding] = await deviceOf(server, eid).discover({ smdpAddress });
    expect((finding!.error as ServerRefusal).status).toBe('8.2/1.2');
  });

  it('is not offered again what its user has put off', async () => {
    const eid = newEid();
    await operator.create({ eid, matchingId: '' });
    const findings = await deviceOf(server, eid).discover({ smdpAddress, cancel: 'postponed' });
    expect(told(findings)).toEqual([`${smdpAddress} -: cancelled`]);
  });

  it('asks it before the SM-DS, and nobody who is not configured', async () => {
    const device = deviceOf(server, newEid());
    const asked: string[] = [];
    const onServer = (address: string) => void asked.push(address);
    await device.discover({ onServer });
    expect(asked).toEqual([]);
    device.configure({ defaultSmdpAddress: smdpAddress, rootSmdsAddresses: [dsAddress] });
    await device.discover({ onServer });
    expect(asked).toEqual([smdpAddress, dsAddress]);
    device.configure({ defaultSmdpAddress: '' });
    expect(device.configuredAddresses()).toEqual({
      defaultSmdpAddress: undefined,
      rootSmdsAddresses: [dsAddress],
    });
  });
});
