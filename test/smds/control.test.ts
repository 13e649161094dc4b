import { describe, expect, it } from 'vitest';
import { issueDsTls } from '../../src/pki/index.js';
import { ciOf, Owner, pemOf, smdpCredential } from './support/owners.js';
import { startRootStub } from './support/root-stub.js';
import { startTestSmds, type TestSmds } from './support/smds.js';

const smds = await startTestSmds();
const ci = ciOf(smds);
const owner = new Owner(smds, smdpCredential(ci));
const other = new Owner(smds, smdpCredential(ci, '2.999.12'));

let serial = 0;
const newEid = (): string => `8904903233${String(serial++).padStart(22, '0')}`;

interface EventBody {
  readonly items: readonly { readonly eventId: string }[];
  readonly next?: string;
  readonly deleted: number;
  readonly detail: string;
  readonly refusal?: string;
}

async function api(of: TestSmds, method: string, query = ''): Promise<{ status: number; body: EventBody }> {
  const response = await fetch(`${of.server.operatorUrl}/api/v1/sm-ds/events${query}`, { method });
  return { status: response.status, body: (await response.json()) as EventBody };
}
const eventIds = async (query: string) =>
  (await api(smds, 'GET', query)).body.items.map(({ eventId }) => eventId);

describe('/api/v1/sm-ds/events', () => {
  it('lists events as they were registered', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'LISTED' });
    expect(await api(smds, 'GET', `?eid=${eid}`)).toEqual({
      status: 200,
      body: {
        items: [
          {
            eid,
            eventId: 'LISTED',
            rspServerAddress: 'smdp.example.com',
            owner: '2.999.10',
            rootEventId: null,
            registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
          },
        ],
      },
    });
  });

  it('lists by EID, EventID and owner, page by page', async () => {
    const eid = newEid();
    for (const eventId of ['P1', 'P2', 'P3']) await owner.register({ eid, eventId });
    await other.register({ eid, eventId: 'P2' });
    expect(await eventIds(`?eid=${eid}`)).toEqual(['P1', 'P2', 'P3', 'P2']);
    expect(await eventIds(`?eid=${eid}&eventId=P2&owner=2.999.12`)).toEqual(['P2']);
    const { body } = await api(smds, 'GET', `?eid=${eid}&limit=3`);
    expect(await eventIds(`?eid=${eid}&limit=3&cursor=${body.next}`)).toEqual(['P2']);
  });

  it.each([
    ['a filter that it does not know', '?EID=1', 'EID'],
    ['a cursor of somebody else', '?cursor=next', 'cursor'],
    ['a limit that is too large', '?limit=1001', 'limit'],
  ])('refuses %s', async (_, query, field) => {
    const { status, body } = await api(smds, 'GET', query);
    expect([status, body.detail]).toEqual([400, expect.stringContaining(field)]);
  });

  it('deletes the events that pass the filter', async () => {
    const [eid, otherEid] = [newEid(), newEid()];
    for (const eventId of ['D1', 'D2']) await owner.register({ eid, eventId });
    await owner.register({ eid: otherEid, eventId: 'D3' });
    expect(await api(smds, 'DELETE', `?eid=${eid}`)).toEqual({ status: 200, body: { deleted: 2 } });
    expect((await api(smds, 'DELETE', `?eid=${eid}`)).body).toEqual({ deleted: 0 });
    expect(await eventIds(`?eid=${otherEid}`)).toEqual(['D3']);
  });

  it('says so where the root SM-DS does not delete its part', async () => {
    const dsTls = pemOf(issueDsTls(ci, { names: ['localhost'] }));
    const stub = await startRootStub(dsTls, { status: '' });
    const alternative = await startTestSmds({
      certs: smds.pkiFolder,
      dsAddress: 'alternative.example.com',
      dsRoot: stub.address,
    });
    const eid = newEid();
    await new Owner(alternative, owner.credential).register({ eid, eventId: 'R', forwardingIndicator: true });
    stub.conduct = 'close';
    const { status, body } = await api(alternative, 'DELETE');
    expect([status, body.refusal]).toEqual([502, '8.9/5.1']);
    expect((await api(alternative, 'GET', `?eid=${eid}`)).body.items).toHaveLength(1);
    stub.conduct = { status: '' };
    expect((await api(alternative, 'DELETE')).body).toEqual({ deleted: 1 });
  });

  it('is not there while the SM-DS role is off', async () => {
    const off = await startTestSmds({ certs: smds.pkiFolder, dsAddress: undefined });
    for (const method of ['GET', 'DELETE']) {
      const { status, body } = await api(off, method);
      expect([status, body.detail]).toEqual([404, expect.stringContaining('SMDP_DS_ADDRESS')]);
    }
  });
});
