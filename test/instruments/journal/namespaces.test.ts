import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp, type Namespace } from '../../../src/index.js';

interface Exchange {
  readonly id: number;
  readonly function: string;
  readonly namespace: string | null;
  readonly eid?: string;
  readonly session?: string;
}

let smdp: MockSmdp;
let one: Namespace;
let other: Namespace;
beforeAll(async () => {
  smdp = await startMockSmdp({ tls: 'off' });
  [one, other] = [smdp.namespace('one'), smdp.namespace('other')];
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

type Where = Pick<Namespace, 'call' | 'profiles' | 'device' | 'address'>;
const exchanges = async ({ call }: Where, query: Record<string, string> = {}): Promise<readonly Exchange[]> =>
  (await call<{ items: Exchange[] }>('GET', '/exchanges', { query })).items;
const download = async ({ profiles, device }: Where): Promise<void> => {
  await device().download((await profiles.create()).activationCode);
};
/** A device that asks for an unknown order. @returns its EID */
const ask = async ({ device, address }: Where, matchingId: string): Promise<string> => {
  const asking = device();
  await expect(asking.download(`LPA:1$${address}$${matchingId}`)).rejects.toThrow();
  return asking.eid;
};
const refused = { function: 'authenticateClient', status: '8.2.6/3.8' };

describe('the journal in a namespace', () => {
  it('has all steps of the sessions about its orders', async () => {
    await download(one);
    await download(other);
    await download(smdp);
    const mine = await exchanges(one);
    expect(mine.map((exchange) => exchange.function)).toEqual([
      'initiateAuthentication',
      'authenticateClient',
      'getBoundProfilePackage',
      'handleNotification',
    ]);
    expect(new Set(mine.map(({ namespace }) => namespace))).toEqual(new Set(['one']));
    expect((await exchanges(smdp)).map(({ namespace }) => namespace)).toEqual([
      ...Array<string>(4).fill('one'),
      ...Array<string>(4).fill('other'),
      ...Array<null>(4).fill(null),
    ]);
    expect(await one.call('GET', '/sessions')).toMatchObject({
      items: [{ namespace: 'one', outcome: 'installed' }],
      total: 1,
    });
  });

  it('shows nothing of another, whoever asks for it', async () => {
    await download(other);
    const [theirs] = await exchanges(other);
    for (const query of [{ eid: theirs!.eid! }, { session: theirs!.session! }])
      expect(await exchanges(one, query)).toEqual([]);
    await expect(one.call('GET', `/exchanges/${theirs!.id}`)).rejects.toMatchObject({ status: 404 });
    await expect(one.call('GET', `/sessions/${theirs!.session!}`)).rejects.toMatchObject({ status: 404 });
    expect(await one.call('GET', '/exchanges/export')).toMatchObject({ exchanges: [] });
    const misses = one.call('POST', '/verify', { body: { expect: { ...refused, eid: theirs!.eid } } });
    await expect(misses).rejects.toMatchObject({ status: 417, message: 'at least 1 expected, 0 found' });
  });

  it('shows exchanges without a namespace if the query names their session', async () => {
    const eid = await ask(one, 'NOPE');
    expect(await exchanges(one)).toEqual([]);
    const named = await exchanges(one, { eid });
    expect(named).toMatchObject([
      { function: 'initiateAuthentication', namespace: null },
      { function: 'authenticateClient', namespace: null },
    ]);
    expect(await exchanges(one, { matchingId: '' })).toEqual([]);
    expect(await exchanges(one, { matchingId: 'NOPE' })).toHaveLength(2);
    expect(await one.call('GET', `/exchanges/${named[1]!.id}`)).toMatchObject({ eid });
    expect(await one.call('GET', '/sessions')).toMatchObject({ total: 0 });
    expect(await one.call('GET', '/sessions', { query: { eid } })).toMatchObject({ total: 1 });
  });

  it('verifies what a device was refused that named no order', async () => {
    const eid = await ask(one, 'NOPE');
    const once = { exactly: 1 };
    expect(
      await one.call('POST', '/verify', { body: { expect: { ...refused, eid }, count: once } }),
    ).toMatchObject({ ok: true });
    await expect(one.call('POST', '/verify', { body: { expect: refused } })).rejects.toMatchObject({
      status: 417,
    });
    const near = one.call('POST', '/verify', { body: { expect: { ...refused, eid, status: '8.1.1/3.8' } } });
    await expect(near).rejects.toThrow(/nearest is exchange .* status is 8\.2\.6\/3\.8 instead/);
  });

  it('waits for its own exchanges, and for named ones', async () => {
    const waiting = one.call('POST', '/verify', {
      body: { expect: { function: 'handleNotification' }, timeout: 60 },
    });
    await download(other);
    await download(one);
    expect(await waiting).toMatchObject({ ok: true, count: 1 });
  });

  it.each(['NOPE', ''])('has what a device asked for with its name before %j', async (rest) => {
    await ask(smdp, `ONE--${rest}`);
    expect(await exchanges(one)).toMatchObject([
      { function: 'initiateAuthentication', matchingId: `ONE--${rest}` },
      { function: 'authenticateClient', result: rest === '' ? '8.1.1/3.8' : '8.2.6/3.8' },
    ]);
    expect(await exchanges(other)).toEqual([]);
  });

  it('names the orders of the namespace that come near', async () => {
    await one.profiles.create({ matchingId: 'ONE--NOPF' });
    await other.profiles.create({ matchingId: 'ONE--NOPG' });
    await ask(smdp, 'ONE--NOPE');
    const [, last] = await exchanges(one);
    expect(await one.call('GET', `/exchanges/${last!.id}`)).toMatchObject({
      nearest: { orders: [{ matchingId: 'ONE--NOPF' }] },
    });
  });

  it('is removed alone', async () => {
    await download(one);
    await download(other);
    expect(await one.call('DELETE', '/exchanges')).toEqual({ removed: 4 });
    expect(await exchanges(one)).toEqual([]);
    expect(await exchanges(other)).toHaveLength(4);
    await other.reset({ keep: ['journal'] });
    expect(await exchanges(other)).toHaveLength(4);
    await other.reset();
    expect(await exchanges(smdp)).toEqual([]);
  });
});

describe('events in a namespace', () => {
  const events = async (name: string | undefined): Promise<string> => {
    const answer = await fetch(`${smdp.operatorUrl}/api/v1/events?since=0`, {
      headers: name === undefined ? {} : { 'X-Mock-Namespace': name },
    });
    let text = '';
    for await (const octets of answer.body!) {
      text += Buffer.from(octets).toString('utf8');
      if (text.includes('"function":"handleNotification"')) break;
    }
    return text;
  };

  it('are exchanges and transitions of its orders', async () => {
    await download(other);
    await download(one);
    const text = await events('one');
    expect(text).toContain('"to":"Downloaded"');
    expect(text).toContain('"function":"initiateAuthentication"');
    expect(text).not.toContain('"namespace":"other"');
    expect(text.match(/"trigger":"getBoundProfilePackage"/g)).toHaveLength(1);
  });

  it('are told live', async () => {
    const following = events('one');
    await download(other);
    await download(one);
    const text = await following;
    expect(text).toContain('"function":"getBoundProfilePackage"');
    expect(text).not.toContain('"namespace":"other"');
  });
});

describe('a look-up by EID', () => {
  it('is in the namespace that the MatchingID names; without one, in all, oldest first', async () => {
    const device = smdp.device();
    for (const { profiles } of [other, one]) await profiles.create({ eid: device.eid, matchingId: '' });
    await device.download(`LPA:1$${smdp.address}$ONE--`);
    expect((await one.profiles.list()).items).toMatchObject([{ state: 'Installed' }]);
    expect((await other.profiles.list()).items).toMatchObject([{ state: 'Released' }]);
    await device.download(`LPA:1$${smdp.address}$`);
    expect((await other.profiles.list()).items).toMatchObject([{ state: 'Installed' }]);
  });
});
