import { describe, expect, it } from 'vitest';
import { openStore, type Callback, type NewCallback, type Store } from '../../src/store/index.js';
import { freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { Link } from '../support/postgres/link.js';
import { whenDone } from '../support/when-done.js';
import { entry, iccid, made, released, session, update } from './samples.js';

const operator = 'o';
const about = (profileId: number, body: string): NewCallback => ({
  ...{ profileId, operator, iccid: iccid(1), body, queuedAt: 1 },
});

/** Stores on one database, as several instances have them. */
async function instances(count: number): Promise<readonly Store[]> {
  const address = await freshSchema();
  const stores = await Promise.all(Array.from({ length: count }, () => openStore(address)));
  whenDone(() => Promise.all(stores.map((store) => store.close())));
  return stores;
}

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'instances on one PostgreSQL', () => {
  it('let one of them win each race for a version', async () => {
    const stores = await instances(3);
    const { id } = await made(stores[0]!);
    for (let version = 1; version <= 30; version++) {
      const racers = [...stores, ...stores].map((store) =>
        store.commit([update({ id, version }, { label: String(version) }, entry)]),
      );
      expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1);
    }
    expect(await stores[2]!.history(id)).toHaveLength(30);
  });

  it('go on with the sessions of each other', async () => {
    const [one, other] = await instances(2);
    await one!.commit([{ kind: 'createSession', session: session(1) }]);
    const { transactionId } = session(1);
    const change = {
      kind: 'updateSession',
      transactionId,
      from: 'initiated',
      set: { state: 'ended' },
    } as const;
    const both = await Promise.all([one!.commit([change]), other!.commit([change])]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  it('never use a number twice, nor open two batches', async () => {
    const stores = await instances(3);
    const numbers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => stores[index % 3]!.nextNumber('n')),
    );
    expect(new Set(numbers).size).toBe(60);
    const batches = await Promise.all(stores.map((store, index) => store.openBatch(String(index))));
    expect(batches.filter((batch) => batch !== undefined)).toHaveLength(1);
  });

  it('deliver each call to an operator once, and those about one profile in order', async () => {
    const stores = await instances(2);
    const profiles = await stores[0]!.createProfiles([1, 2, 3].map((number) => released(number)));
    const bodies = Array.from({ length: 15 }, (_, index) => String(index));
    const delivered = new Map<number, string[]>();
    let isQueued = false;

    const queueing = (async () => {
      for (const body of bodies)
        for (const { id } of profiles)
          await stores[Number(body) % 2]!.commit([{ kind: 'queueCallback', call: about(id, body) }]);
      isQueued = true;
    })();
    const deliver = async (store: Store, call: Callback): Promise<void> => {
      delivered.set(call.profileId, [...(delivered.get(call.profileId) ?? []), call.body]);
      await store.callbackDelivered(call, 2);
    };
    const working = stores.map(async (store) => {
      for (let idle = 0; idle < 3;) {
        const calls = await store.leaseCallbacks(operator, 10, 60_000, 8);
        await Promise.all(calls.map((call) => deliver(store, call)));
        idle = isQueued && calls.length === 0 ? idle + 1 : 0;
      }
    });
    await Promise.all([queueing, ...working]);
    for (const { id } of profiles) expect(delivered.get(id)).toEqual(bodies);
    expect(await stores[0]!.countCallbacks()).toEqual({ waiting: 0, delivered: 45 });
  });

  it('count profiles together, also while one of them cleans up', async () => {
    const stores = await instances(2);
    const profiles = await stores[0]!.createProfiles(
      Array.from({ length: 20 }, (_, index) => released(index)),
    );
    await Promise.all([
      ...profiles.map((profile, index) =>
        stores[index % 2]!.commit([update(profile, { state: 'Installed' })]),
      ),
      ...stores.map((store) => store.purge(0)),
    ]);
    await Promise.all(stores.map((store) => store.purge(0)));
    for (const store of stores)
      expect(await store.countProfiles()).toMatchObject({ Released: 0, Installed: 20 });
  });

  it('see a restored snapshot that one of them took, and commit around it without harm', async () => {
    const [one, other] = await instances(2);
    const profile = await made(one!);
    await one!.saveSnapshot('before');
    const commits = Array.from({ length: 10 }, (_, index) =>
      other!.commit([{ kind: 'createSession', session: session(index, { profileId: profile.id }) }]),
    );
    await Promise.all([one!.restoreSnapshot('before'), ...commits]);
    expect(await other!.profile(profile.id)).toEqual(profile);
    expect(await other!.restoreSnapshot('before')).toBe(true);
    expect(await one!.session(session(1).transactionId)).toBeUndefined();
  });

  it('list no page that misses a profile whose commit is under way', async () => {
    const address = await freshSchema();
    const link = await Link.to(address);
    const [slow, fast] = [await openStore(link.url(address)), await openStore(address)];
    whenDone(() => Promise.all([slow.close(), fast.close()]));
    const { commits } = link;
    const release = link.holdCommits();
    const creating = slow.createProfiles([released(1)]);
    await expect.poll(() => link.commits, { timeout: 20_000 }).toBe(commits + 1);
    const after = await made(fast, released(2));
    const listing = fast.listProfiles({}, { limit: 10 });
    release();
    const [before] = await creating;
    expect(before!.id).toBeLessThan(after.id);
    expect((await listing).items).toEqual([before, after]);
  });

  it('end the leases of killed ones when the first of them starts', async () => {
    const [one, other] = await instances(2);
    const { id } = await made(one!);
    await one!.commit([{ kind: 'queueCallback', call: about(id, 'a') }]);
    expect(await one!.leaseCallbacks(operator, 10, 60_000, 8)).toHaveLength(1);
    const member = { catchUp: () => Promise.resolve() };
    const first = await other!.shared!.join(member);
    whenDone(() => first.leave());
    expect(await other!.leaseCallbacks(operator, 20, 70_000, 8)).toHaveLength(1);
    const second = await one!.shared!.join(member);
    whenDone(() => second.leave());
    expect(await one!.leaseCallbacks(operator, 30, 80_000, 8)).toEqual([]);
  });

  it('leave the leases of others alone when one starts', async () => {
    const [one, other] = await instances(2);
    const { id } = await made(one!);
    await one!.commit([{ kind: 'queueCallback', call: about(id, 'a') }]);
    expect(await one!.leaseCallbacks(operator, 10, 60_000, 8)).toHaveLength(1);
    await other!.endLeases();
    expect(await other!.leaseCallbacks(operator, 20, 60_000, 8)).toEqual([]);
    expect(await other!.leaseCallbacks(operator, 60_000, 90_000, 8)).toHaveLength(1);
  });
});
