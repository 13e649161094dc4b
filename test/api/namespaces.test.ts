import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp, type Namespace } from '../../src/index.js';

const iccid = '8949449999000000010';

let smdp: MockSmdp;
let one: Namespace;
let other: Namespace;
beforeAll(async () => {
  smdp = await startMockSmdp({ tls: 'off', address: 'smdp.example.com' });
  [one, other] = [smdp.namespace('one'), smdp.namespace('other')];
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

const withHeader = (path: string, name: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${smdp.operatorUrl}/api/v1${path}`, {
    ...init,
    headers: { ...(init.headers as Record<string, string> | undefined), 'X-Mock-Namespace': name },
  });

/** Imports a list with one code. */
const uploadList = (name: string, matchingId: string): Promise<Response> =>
  withHeader('/pools?format=intune', name, {
    ...{ method: 'POST', headers: { 'Content-Type': 'text/csv' } },
    body: `smdp.example.com\n${iccid},${matchingId}\n`,
  });

describe('the header X-Mock-Namespace', () => {
  it('is taken in upper and lower case alike', async () => {
    await one.profiles.create();
    const answer = (await (await withHeader('/profiles', 'ONE')).json()) as { items: unknown[] };
    expect(answer.items).toMatchObject([{ namespace: 'one' }]);
  });

  it.each(['', 'a_b', 'a--b', 'one, other', 'x'.repeat(33)])('is refused as %j', async (name) => {
    for (const path of ['/profiles', '/profile-types', '/nowhere']) {
      const answer = await withHeader(path, name);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ field: 'X-Mock-Namespace' }] });
    }
  });
});

describe('profiles in a namespace', () => {
  it('have ICCIDs of their own, and are not there for others', async () => {
    const mine = await one.profiles.create({ iccid, label: 'mine' });
    const theirs = await other.profiles.create({ iccid, label: 'theirs' });
    expect([mine.namespace, theirs.namespace]).toEqual(['one', 'other']);
    expect(await one.profiles.get(iccid)).toMatchObject({ label: 'mine', sharedBy: 1 });
    expect(await other.profiles.get(iccid)).toMatchObject({ label: 'theirs', sharedBy: 1 });
    await expect(one.profiles.get(`id:${theirs.id}`)).rejects.toMatchObject({ status: 404 });
    await expect(one.profiles.create({ iccid })).rejects.toMatchObject({ status: 409 });
    expect((await one.profiles.list()).items).toHaveLength(1);
    expect((await smdp.profiles.list()).items).toHaveLength(2);
  });

  it('are the last that a call without the header means', async () => {
    await smdp.profiles.create({ iccid, label: 'nobody' });
    await one.profiles.create({ iccid });
    expect(await smdp.profiles.get(iccid)).toMatchObject({ label: 'nobody', namespace: null, sharedBy: 2 });
  });

  it('live and go without others', async () => {
    await one.profiles.create({ iccid, state: 'Confirmed' });
    await other.profiles.create({ iccid, state: 'Confirmed' });
    await one.profiles.release(iccid);
    expect((await other.profiles.get(iccid)).state).toBe('Confirmed');
    expect(await one.profiles.clear()).toBe(1);
    expect((await other.profiles.list()).items).toHaveLength(1);
    await expect(one.profiles.remove(iccid)).rejects.toMatchObject({ status: 404 });
    expect((await withHeader(`/profiles/${iccid}/qr.svg`, 'one')).status).toBe(404);
    expect((await withHeader(`/profiles/${iccid}/qr.svg`, 'other')).status).toBe(200);
  });

  it('may have the MatchingIDs of other namespaces, and the call reveals nothing about these', async () => {
    await one.profiles.create({ iccid, matchingId: 'ABC' });
    const taken = other.profiles.create({ matchingId: 'ABC' });
    await expect(taken).rejects.toMatchObject({
      status: 409,
      errors: [{ field: 'matchingId', message: expect.stringContaining('another namespace') as string }],
    });
    await expect(taken).rejects.not.toThrow(/namespace '?one|8949/);
  });

  it('can be waited for in calls that see them', async () => {
    await other.profiles.create({ iccid, state: 'Released' });
    await one.profiles.create({ iccid, state: 'Confirmed' });
    const waiting = one.call<{ state: string; namespace: string }>('GET', `/profiles/${iccid}`, {
      query: { waitFor: 'Released', timeout: 60 },
    });
    await one.profiles.release(iccid);
    expect(await waiting).toMatchObject({ state: 'Released', namespace: 'one' });
  });
});

describe('manifests and pools in a namespace', () => {
  const eid = '89049032123451234512345678901235';
  const importInto = async (name: string | undefined, text: string) => {
    const init = { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: text };
    const answer = await (name === undefined
      ? fetch(`${smdp.operatorUrl}/api/v1/manifests`, init)
      : withHeader('/manifests', name, init));
    return (await answer.json()) as { outcome: string; rejectedRows: unknown[] };
  };

  it('hold the same EIDs and ICCIDs in each', async () => {
    const manifest = `eid,iccid\n${eid},${iccid}\n`;
    for (const name of ['one', 'other', undefined]) {
      expect(await importInto(name, manifest)).toMatchObject({ outcome: 'imported' });
      expect(await importInto(name, manifest)).toMatchObject({ outcome: 'unchanged' });
    }
    expect((await one.profiles.list()).items).toMatchObject([{ eid, iccid, namespace: 'one' }]);
  });

  it('say of a MatchingID that another namespace has it already', async () => {
    await other.profiles.create({ matchingId: 'ABC', label: 'secret' });
    const refused = await importInto('one', `eid,matchingid\n${eid},ABC\n`);
    expect(refused).toMatchObject({ outcome: 'refused', rejectedRows: [{ line: 2 }] });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });

  it('have one list of codes per provider in each', async () => {
    expect((await uploadList('one', 'AAAAA-AAAAA-AAAAA-AAAAA')).status).toBe(201);
    expect((await uploadList('other', 'BBBBB-BBBBB-BBBBB-BBBBB')).status).toBe(201);
    const taken = await uploadList('third', 'BBBBB-BBBBB-BBBBB-BBBBB');
    expect(taken.status).toBe(409);
    expect(await taken.json()).toMatchObject({
      errors: [{ line: 2, field: 'matchingId', message: expect.stringContaining('namespace') as string }],
    });
    expect(await one.call('GET', '/pools')).toMatchObject({ items: [{ name: 'smdp', profiles: 1 }] });
    expect(await smdp.call('GET', '/pools')).toMatchObject({ items: [{ name: 'smdp', profiles: 2 }] });
    await one.call('DELETE', '/pools/smdp');
    expect(await other.call('GET', '/pools/smdp/status')).toMatchObject({ total: 1 });
    await expect(one.call('GET', '/pools/smdp')).rejects.toMatchObject({ status: 404 });
  });

  it('may have the same names as in other namespaces', async () => {
    for (const call of [one.call, other.call, smdp.call])
      await call('POST', '/pools', { body: { name: 'summer', count: 2 } });
    expect(await one.call('GET', '/pools/summer')).toMatchObject({ profiles: 2 });
    expect(await smdp.call('GET', '/pools/summer')).toMatchObject({ profiles: 6 });
  });
});

describe('the whole server', () => {
  it.each([
    ['PUT', '/clock', { advance: { days: 1 } }],
    ['DELETE', '/clock', undefined],
    ['POST', '/snapshots', { name: 'a' }],
    ['POST', '/snapshots/a/restore', undefined],
    ['DELETE', '/snapshots/a', undefined],
  ] as const)('is not changed by %s %s in a namespace, which says why', async (method, path, body) => {
    await smdp.snapshots.take('a');
    await expect(one.call(method, path, { body })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('X-Mock-Namespace') as string,
    });
    expect(await smdp.snapshots.list()).toMatchObject([{ name: 'a' }]);
  });

  it('has a clock, profile types and operators for all namespaces', async () => {
    expect(await one.call('GET', '/clock')).toMatchObject({ frozen: false });
    await one.profileTypes.put('mine', { metadata: { profileName: 'Mine' } });
    await other.profiles.create({ profileType: 'mine' });
    await one.call('PUT', '/operators/bss', { body: {} });
    expect(await other.call('GET', '/operators/bss')).toMatchObject({ identifier: 'bss' });
    await one.reset();
    expect(await smdp.call('GET', '/operators/bss')).toMatchObject({ identifier: 'bss' });
  });

  it('lists the namespaces that anything is in', async () => {
    expect(await smdp.call('GET', '/namespaces')).toEqual({ items: [] });
    await one.profiles.create();
    await other.faults.add({ httpStatus: 503 });
    const [mine, theirs] = [
      { name: 'one', profiles: 1, exchanges: 0, faults: 0, devices: 0 },
      { name: 'other', profiles: 0, exchanges: 0, faults: 1, devices: 0 },
    ];
    expect(await smdp.call('GET', '/namespaces')).toEqual({ items: [mine, theirs] });
    expect(await other.call('GET', '/namespaces')).toEqual({ items: [theirs] });
  });
});

describe('a reset in a namespace', () => {
  it('removes the contents of that namespace only', async () => {
    for (const { profiles, faults, call } of [one, other, smdp]) {
      await profiles.create({ iccid });
      await faults.add({ httpStatus: 503, matchingId: 'NEVER' });
      await call('POST', '/pools', { body: { name: 'summer', count: 1 } });
    }
    await one.reset();
    expect((await one.profiles.list()).items).toEqual([]);
    expect(await one.faults.list()).toEqual([]);
    expect(await one.call('GET', '/pools')).toEqual({ items: [] });
    expect((await smdp.profiles.list()).items).toHaveLength(4);
    expect(await smdp.faults.list()).toHaveLength(2);
  });

  it('keeps the parts that keep names', async () => {
    await one.faults.add({ httpStatus: 503, matchingId: 'NEVER' });
    await one.reset({ keep: ['faults', 'clock', 'profileTypes'] });
    expect(await one.faults.list()).toHaveLength(1);
  });

  it('takes the list of an MDM along, so that it can be imported again', async () => {
    const upload = () => uploadList('one', 'AAAAA-AAAAA-AAAAA-AAAAA');
    expect((await upload()).status).toBe(201);
    await one.reset();
    expect((await upload()).status).toBe(201);
  });
});
