import { describe, expect, it } from 'vitest';
import { issueDsTls } from '../../src/pki/index.js';
import { success } from './support/answers.js';
import { ciOf, Owner, pemOf, smdpCredential } from './support/owners.js';
import { eventIdsOf, retrieve } from './support/retrieval.js';
import { startRootStub } from './support/root-stub.js';
import { startTestSmds, type TestSmds } from './support/smds.js';

const root = await startTestSmds();
const certs = root.pkiFolder;
const ci = ciOf(root);
const alternativeTo = (dsRoot: string): Promise<TestSmds> =>
  startTestSmds({ certs, dsAddress: 'alternative.example.com', dsRoot });
const alternative = await alternativeTo(`localhost:${root.port}`);
const owner = new Owner(alternative, smdpCredential(ci));

const dsTls = pemOf(issueDsTls(ci, { names: ['localhost'] }));
let serial = 0;
const newEid = (): string => `8904903266${String(serial++).padStart(22, '0')}`;
const address = 'alternative.example.com';
const entries = async (smds: TestSmds, eid: string, matchingId?: string) =>
  (await retrieve(smds, { eid, matchingId, ...(smds === root ? {} : { address }) })).members['eventEntries'];

describe('an event that an alternative SM-DS passes on to the root', () => {
  it('leads a device from the root over the alternative to the SM-DP+', async () => {
    const eid = newEid();
    const event = { eid, eventId: 'FAR-AWAY', forwardingIndicator: true };
    expect((await owner.register(event)).status).toBe(success);

    const [first, ...more] = (await entries(root, eid)) as { eventId: string }[];
    expect(more).toEqual([]);
    expect(first).toEqual({
      eventId: expect.stringMatching(/^[0-9A-F]{5}(-[0-9A-F]{5}){3}$/) as string,
      rspServerAddress: address,
    });
    const second = [{ eventId: 'FAR-AWAY', rspServerAddress: 'smdp.example.com' }];
    expect(await entries(alternative, eid, first!.eventId)).toEqual(second);
    expect(await entries(alternative, eid)).toEqual(second);
  });

  it('belongs to the alternative SM-DS at the root', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'OWNED', forwardingIndicator: true });
    expect(await root.server.store.eventsForEid(eid)).toMatchObject([
      { owner: '2.999.15', rootEventId: null },
    ]);
  });

  it('is deleted at both', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'DELETED', forwardingIndicator: true });
    expect((await owner.delete({ eid, eventId: 'DELETED' })).status).toBe(success);
    expect([await entries(root, eid), await entries(alternative, eid)]).toEqual([[], []]);
  });

  it('is registered once, at both, however many ask at the same time', async () => {
    const eid = newEid();
    const event = { eid, eventId: 'RACE', forwardingIndicator: true };
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.register(event)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      '8.9.5/3.3',
      '8.9.5/3.3',
      '8.9.5/3.3',
      success,
    ]);
    expect(await eventIdsOf(root, eid)).toHaveLength(1);
  });

  it('stays here where that is not asked for', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'HERE' });
    expect(await entries(root, eid)).toEqual([]);
    expect(await entries(alternative, eid)).toHaveLength(1);
  });
});

describe('ES15', () => {
  it('registers and deletes with the EventID, the address and the certificate of the alternative SM-DS', async () => {
    const stub = await startRootStub(dsTls, { status: '' });
    const smds = await alternativeTo(stub.address);
    const asOwner = new Owner(smds, smdpCredential(ci));
    const eid = newEid();
    await asOwner.register({ eid, eventId: 'ES15', forwardingIndicator: true });
    await asOwner.delete({ eid, eventId: 'ES15' });
    const header = {
      functionRequesterIdentifier: '2.999.15',
      functionCallIdentifier: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
    };
    const eventId = stub.requests[0]!.body['eventId'];
    expect(eventId).not.toBe('ES15');
    expect(stub.requests).toEqual([
      {
        path: '/gsma/rsp2/es12/registerEvent',
        body: { header, eid, eventId, rspServerAddress: address, forwardingIndicator: false },
        clientOid: '2.999.15',
      },
      { path: '/gsma/rsp2/es12/deleteEvent', body: { header, eid, eventId }, clientOid: '2.999.15' },
    ]);
  });

  it.each([
    ['refuses', { status: '8.9.5/3.3' }, '8.9/4.2'],
    ['answers with HTTP status 500', { http: 500 }, '8.9/4.2'],
    ['does not admit us', { http: 403 }, '8.9/4.2'],
    ['answers nonsense', { body: '<html>' }, '8.9/4.2'],
    ['answers null', { body: 'null' }, '8.9/4.2'],
    ['answers without end', { body: ' '.repeat(100_000) }, '8.9/5.1'],
    ['hangs up', 'close' as const, '8.9/5.1'],
  ])('registers nothing where the root %s', async (_, conduct, status) => {
    const stub = await startRootStub(dsTls, conduct);
    const smds = await alternativeTo(stub.address);
    const eid = newEid();
    const asOwner = new Owner(smds, smdpCredential(ci));
    expect((await asOwner.register({ eid, eventId: 'NOT', forwardingIndicator: true })).status).toBe(status);
    expect(await entries(smds, eid)).toEqual([]);
    stub.conduct = { status: '' };
    expect((await asOwner.register({ eid, eventId: 'NOT', forwardingIndicator: true })).status).toBe(success);
  });

  it('registers nothing where the root cannot be reached', async () => {
    const smds = await alternativeTo('localhost:1');
    const eid = newEid();
    const asOwner = new Owner(smds, smdpCredential(ci));
    expect((await asOwner.register({ eid, eventId: 'NOT', forwardingIndicator: true })).status).toBe(
      '8.9/5.1',
    );
    expect(await entries(smds, eid)).toEqual([]);
  });

  it('keeps an event that the root could not delete, until it can', async () => {
    const stub = await startRootStub(dsTls, { status: '' });
    const smds = await alternativeTo(stub.address);
    const asOwner = new Owner(smds, smdpCredential(ci));
    const eid = newEid();
    const event = { eid, eventId: 'STAYS' };
    await asOwner.register({ ...event, forwardingIndicator: true });
    for (const [conduct, status] of [
      ['close', '8.9/5.1'],
      [{ status: '1.1/1.2' }, '8.9/4.2'],
    ] as const) {
      stub.conduct = conduct;
      expect((await asOwner.delete(event)).status).toBe(status);
      expect(await entries(smds, eid)).toHaveLength(1);
    }
    stub.conduct = { status: '8.9.5/3.9' };
    expect((await asOwner.delete(event)).status).toBe(success);
    expect(await entries(smds, eid)).toEqual([]);
  });
});
