import { describe, expect, it } from 'vitest';
import { issueCi, issueDsTls, issueEuicc, issueEum } from '../../src/pki/index.js';
import { success } from './support/answers.js';
import { ciOf, Owner, pemOf, smdpCredential } from './support/owners.js';
import { eventIdsOf } from './support/retrieval.js';
import { startTestSmds, type Pem } from './support/smds.js';

const smds = await startTestSmds();
const ci = ciOf(smds);
const owner = new Owner(smds, smdpCredential(ci));
const other = new Owner(smds, smdpCredential(ci, '2.999.12'));

let serial = 0;
const newEid = (): string => `8904903244${String(serial++).padStart(22, '0')}`;
const day = 24 * 3600 * 1000;

describe('ES12 registerEvent', () => {
  it('registers events that their device finds in the order of registration', async () => {
    const eid = newEid();
    for (const eventId of ['C', 'A', 'B'])
      expect(await owner.register({ eid, eventId: `ORDER-${eventId}` })).toEqual({
        status: success,
        members: {},
      });
    expect(await eventIdsOf(smds, eid)).toEqual(['ORDER-C', 'ORDER-A', 'ORDER-B']);
    expect(await eventIdsOf(smds, newEid())).toEqual([]);
  });

  it('refuses an EventID that is registered already, for the same EID and for another', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'TWICE' });
    expect((await owner.register({ eid, eventId: 'TWICE' })).status).toBe('8.9.5/3.3');
    expect((await owner.register({ eid: newEid(), eventId: 'TWICE' })).status).toBe('8.9.5/3.3');
    expect(await eventIdsOf(smds, eid)).toEqual(['TWICE']);
  });

  it('lets every SM-DP+ have EventIDs of its own', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'SHARED' });
    expect((await other.register({ eid, eventId: 'SHARED' })).status).toBe(success);
    expect(await eventIdsOf(smds, eid)).toEqual(['SHARED', 'SHARED']);
  });

  it('registers an EventID once, however many ask at the same time', async () => {
    const eid = newEid();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => owner.register({ eid, eventId: 'RACE' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      '8.9.5/3.3',
      '8.9.5/3.3',
      '8.9.5/3.3',
      success,
    ]);
    expect(await eventIdsOf(smds, eid)).toEqual(['RACE']);
  });

  it('keeps an event for itself where there is no root SM-DS to pass it on to', async () => {
    const eid = newEid();
    const event = { eid, eventId: 'ROOT-ITSELF', forwardingIndicator: true };
    expect((await owner.register(event)).status).toBe(success);
    expect(await eventIdsOf(smds, eid)).toEqual(['ROOT-ITSELF']);
  });

  it.each<[string, object, string]>([
    ['no EID', { eid: undefined }, '1.3.1/2.2'],
    ['an EID of 31 digits', { eid: '8'.repeat(31) }, '1.3.1/2.1'],
    ['an EID with letters', { eid: `${'8'.repeat(31)}F` }, '1.3.1/2.1'],
    ['no EventID', { eventId: undefined }, '1.3.1/2.2'],
    ['an empty EventID', { eventId: '' }, '1.3.1/2.1'],
    ['an EventID in lower case', { eventId: 'event' }, '1.3.1/2.1'],
    ['an EventID that is a number', { eventId: 7 }, '1.3.1/2.1'],
    ['no address', { rspServerAddress: undefined }, '1.3.1/2.2'],
    ['an address with a port that there is not', { rspServerAddress: 'smdp.example.com:99999' }, '1.3.1/2.1'],
    ['an address with a path', { rspServerAddress: 'https://smdp.example.com/' }, '1.3.1/2.1'],
    ['no forwardingIndicator', { forwardingIndicator: undefined }, '1.3.1/2.2'],
    ['a forwardingIndicator in words', { forwardingIndicator: 'true' }, '1.3.1/2.1'],
    ['no header', { header: undefined }, '1.3.1/2.2'],
    ['no functionCallIdentifier', { header: { functionRequesterIdentifier: '1' } }, '1.3.1/2.2'],
  ])('refuses a request with %s', async (_, changes, status) => {
    const eid = newEid();
    expect((await owner.register({ eid, eventId: `BAD-${serial}`, ...changes })).status).toBe(status);
    expect(await eventIdsOf(smds, eid)).toEqual([]);
  });
});

describe('ES12 deleteEvent', () => {
  it('deletes an event once', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'GONE' });
    await owner.register({ eid, eventId: 'STAYS' });
    expect(await owner.delete({ eid, eventId: 'GONE' })).toEqual({ status: success, members: {} });
    expect(await eventIdsOf(smds, eid)).toEqual(['STAYS']);
    expect((await owner.delete({ eid, eventId: 'GONE' })).status).toBe('8.9.5/3.9');
  });

  it('lets the EventID be used again', async () => {
    const eid = newEid();
    for (const answer of ['register', 'delete', 'register'] as const)
      expect((await owner[answer]({ eid, eventId: 'AGAIN' })).status).toBe(success);
    expect(await eventIdsOf(smds, eid)).toEqual(['AGAIN']);
  });

  it('does not know an event under another EID', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'OTHER-EID' });
    expect((await owner.delete({ eid: newEid(), eventId: 'OTHER-EID' })).status).toBe('8.9.5/3.9');
    expect(await eventIdsOf(smds, eid)).toEqual(['OTHER-EID']);
  });

  it('leaves the event of another SM-DP+ alone', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'FOREIGN' });
    expect((await other.delete({ eid, eventId: 'FOREIGN' })).status).toBe('1.1/1.2');
    expect(await eventIdsOf(smds, eid)).toEqual(['FOREIGN']);
  });

  it('deletes of two events with the same EventID the one that the caller has registered', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: 'BOTH', rspServerAddress: 'one.example.com' });
    await other.register({ eid, eventId: 'BOTH', rspServerAddress: 'two.example.com' });
    await owner.delete({ eid, eventId: 'BOTH' });
    expect(await smds.server.store.eventsForEid(eid)).toMatchObject([
      { rspServerAddress: 'two.example.com' },
    ]);
  });
});

describe('who may call ES12', () => {
  const subject = { names: ['smdp.example.com'] as const, oid: '2.999.10' };
  const call = (credential: Pem | undefined, eid: string) =>
    smds.call(
      'es12/registerEvent',
      {
        header: { functionRequesterIdentifier: '2.999.10', functionCallIdentifier: '1' },
        ...{
          eid,
          eventId: `WHO-${serial}`,
          rspServerAddress: 'smdp.example.com',
          forwardingIndicator: false,
        },
      },
      { credential },
    );
  const foreignCi = issueCi();
  const eum = issueEum(ci);

  it.each<[string, number, Pem | undefined]>([
    ['nobody without a certificate', 401, undefined],
    ['nobody under another CI', 403, smdpCredential(foreignCi)],
    [
      'nobody whose certificate has expired',
      403,
      smdpCredential(ci, '2.999.10', { now: new Date(Date.now() - 500 * day) }),
    ],
    [
      'nobody whose certificate is not valid yet',
      403,
      smdpCredential(ci, '2.999.10', { now: new Date(Date.now() + 5 * day) }),
    ],
    ['no eUICC', 403, pemOf(issueEuicc(eum))],
    ['no EUM', 403, pemOf(eum)],
    ['no CI', 403, pemOf(ci)],
  ])('%s (HTTP status %i)', async (_, status, credential) => {
    const eid = newEid();
    const reply = await call(credential, eid);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(/certificate/);
    expect(await eventIdsOf(smds, eid)).toEqual([]);
  });

  it('another SM-DS, which passes events on', async () => {
    const eid = newEid();
    expect((await call(pemOf(issueDsTls(ci, { ...subject, oid: '2.999.15.2' })), eid)).status).toBe(200);
    expect(await smds.server.store.eventsForEid(eid)).toMatchObject([{ owner: '2.999.15.2' }]);
  });

  it('the owner by its certificate, whatever the header says', async () => {
    const eid = newEid();
    await call(smdpCredential(ci, '2.999.18'), eid);
    expect(await smds.server.store.eventsForEid(eid)).toMatchObject([{ owner: '2.999.18' }]);
  });

  it('goes by the clock of the server', async () => {
    const late = await startTestSmds({ certs: smds.pkiFolder });
    late.advance(500 * day);
    const reply = await late.call('es12/deleteEvent', {}, { credential: smdpCredential(ci) });
    expect([reply.status, reply.body]).toEqual([403, expect.stringContaining('Expired')]);
  });

  it('nothing but POST', async () => {
    const { credential } = owner;
    expect((await smds.call('es12/registerEvent', '', { credential, method: 'PUT' })).status).toBe(405);
    expect((await smds.call('es12/elsewhere', {}, { credential })).status).toBe(404);
  });
});
