import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { operatorDefaults } from '../../src/orders/index.js';
import { openStore, type Store } from '../../src/store/index.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { Link } from '../support/postgres/link.js';
import { whenDone } from '../support/when-done.js';
import { entry, made, released, session, update } from './samples.js';

interface Site {
  readonly address: string;
  readonly link: Link;
  /** Reaches the database by way of the link. */
  readonly store: Store;
  /** Reaches it directly. */
  readonly other: Store;
}

async function site(): Promise<Site> {
  const address = await freshSchema();
  const link = await Link.to(address);
  const [store, other] = [await openStore(link.url(address)), await openStore(address)];
  whenDone(async () => {
    await Promise.all([store.close(), other.close()]);
  });
  return { address, link, store, other };
}

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'PostgreSQL that breaks', () => {
  it.each(['before', 'after'] as const)(
    'cuts the connection %s a commit takes place: the commit takes place exactly once',
    async (when) => {
      const { link, store, other } = await site();
      const profile = await made(store);
      link.breakNextCommit(when);
      const changes = [
        update(profile, { label: 'once' }, entry),
        { kind: 'createSession' as const, session: session(1, { profileId: profile.id }) },
      ];
      expect(await store.commit(changes)).toBe(true);
      expect(await other.profile(profile.id)).toEqual({ ...profile, label: 'once', version: 2 });
      expect(await other.history(profile.id)).toEqual([entry]);
      expect(await other.session(session(1).transactionId)).toBeDefined();
    },
  );

  it('cuts the connection in a commit that another one forestalls: it is refused', async () => {
    const { link, store, other } = await site();
    const profile = await made(store);
    link.breakNextCommit('before');
    const [mine, theirs] = await Promise.all([
      store.commit([update(profile, { label: 'mine' })]),
      other.commit([update(profile, { label: 'theirs' })]),
    ]);
    expect([mine, theirs].filter(Boolean)).toHaveLength(1);
    expect((await other.profile(profile.id))?.label).toBe(mine ? 'mine' : 'theirs');
  });

  it('cuts the connection after a deletion takes place: tells that there was something to delete', async () => {
    const { link, store } = await site();
    const identifier = '2.999.1';
    await store.saveOperator({ ...operatorDefaults, identifier, updatedAt: 1 });
    link.breakNextCommit('after');
    expect(await store.deleteOperator(identifier)).toBe(true);
    expect(await store.deleteOperator(identifier)).toBe(false);
  });

  it('comes back after all connections were cut, without an error for anybody', async () => {
    const { link, store } = await site();
    const profile = await made(store);
    await Promise.all(Array.from({ length: 4 }, () => store.profile(profile.id)));
    link.cut();
    const reads = await Promise.all(Array.from({ length: 8 }, () => store.profile(profile.id)));
    expect(reads).toEqual(reads.map(() => profile));
    link.cut();
    expect(await store.commit([update(profile, { label: 'a' })])).toBe(true);
  });

  it.each(['client', 'server'] as const)(
    'cuts all connections at each message of the %s: what was told to be done is done, once, and nothing else',
    async (side) => {
      const { link, store, other } = await site();
      const profiles = await store.createProfiles(Array.from({ length: 4 }, (_, index) => released(index)));
      const versionsNow = (by: Store): Promise<readonly number[]> =>
        Promise.all(profiles.map(async ({ id }) => (await by.profile(id))!.version));
      for (let count = 0, cuts = 1; cuts > 0; count++) {
        // Four at once, so that four connections are open.
        const before = await versionsNow(store);
        const cutBefore = link.cuts;
        link.cutAfter(count, side);
        const told = await Promise.all(
          profiles.map(({ id }, index) =>
            store.commit([update({ id, version: before[index]! }, { label: String(count) }, entry)]),
          ),
        );
        cuts = link.cuts - cutBefore;
        expect(told).toEqual(profiles.map(() => true));
        expect(await versionsNow(other)).toEqual(before.map((version) => version + 1));
      }
      expect(link.cuts).toBeGreaterThanOrEqual(40);
      for (const { id } of profiles)
        expect(await other.history(id)).toHaveLength((await other.profile(id))!.version - 1);
    },
  );

  it('cuts all connections in the middle of work: what was told to be done is done, once, and nothing else', async () => {
    const { link, store, other } = await site();
    const profiles = await store.createProfiles(Array.from({ length: 40 }, (_, index) => released(index)));
    for (const moment of [0, 1, 2, 4, 8]) {
      const versions = await Promise.all(profiles.map(async ({ id }) => (await other.profile(id))!.version));
      const commits = profiles.map(({ id }, index) =>
        store.commit([update({ id, version: versions[index]! }, { label: String(moment) }, entry)]),
      );
      const settled = Promise.allSettled(commits);
      await setTimeout(moment);
      link.cut();
      for (const [index, outcome] of (await settled).entries()) {
        const after = await other.profile(profiles[index]!.id);
        const raised = after!.version - versions[index]!;
        expect(outcome.status === 'fulfilled' ? raised === 1 && outcome.value : raised <= 1).toBe(true);
      }
    }
    for (const { id } of profiles)
      expect(await other.history(id)).toHaveLength((await other.profile(id))!.version - 1);
  });

  it('is away: calls fail with the reason and pings too, until it is back', async () => {
    const { link, store } = await site();
    const profile = await made(store);
    await link.break();
    const away = { name: 'StoreError', failure: 'unreachable', statusCode: 503 };
    await expect(store.profile(profile.id)).rejects.toMatchObject(away);
    await expect(store.commit([update(profile, { label: 'lost' })])).rejects.toMatchObject(away);
    await expect(store.ping()).rejects.toMatchObject(away);
    await link.restore();
    await expect(store.ping()).resolves.toBeUndefined();
    expect(await store.profile(profile.id)).toEqual(profile);
    expect(await store.commit([update(profile, { label: 'back' })])).toBe(true);
  });

  it('becomes read-only, as after a failover: reads work, writes and pings say why not', async () => {
    const { address } = await site();
    const url = new URL(address);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const store = await openStore(url.href);
    const readOnly = { name: 'StoreError', failure: 'read-only' };
    await expect(store.profile(1)).resolves.toBeUndefined();
    await expect(store.nextNumber('n')).rejects.toMatchObject(readOnly);
    await expect(store.commit([{ kind: 'createSession', session: session(1) }])).rejects.toMatchObject(
      readOnly,
    );
    await expect(store.ping()).rejects.toMatchObject(readOnly);
    await store.close();
  });

  it('is kept locked: a commit gives up, nothing is written, and the next one works', async () => {
    const { address, other } = await site();
    const profile = await made(other);
    const url = new URL(address);
    url.searchParams.set('options', '-c statement_timeout=100');
    const store = await openStore(url.href);
    const blocking = query(address, 'BEGIN; LOCK TABLE profiles; SELECT pg_sleep(0.7); COMMIT');
    await setTimeout(100);
    await expect(store.commit([update(profile, { label: 'a' })])).rejects.toMatchObject({
      failure: 'locked',
    });
    await blocking;
    expect(await store.profile(profile.id)).toEqual(profile);
    expect(await store.commit([update(profile, { label: 'a' })])).toBe(true);
    await store.close();
  });

  it('gives the mark of a commit to one connection at a time', async () => {
    const { address, store } = await site();
    const profile = await made(store);
    for (let version = 1; version <= 5; version++)
      await store.commit([update({ ...profile, version }, { label: String(version) })]);
    const marks = await query<{ number: string }>(address, 'SELECT number FROM commit_marks');
    expect(marks.length).toBeLessThanOrEqual(8);
    expect(marks.map(({ number }) => Number(number)).reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(
      6,
    );
  });
});
