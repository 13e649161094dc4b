import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/index.js';
import { callbackQueue as postgresCallbacks } from '../../src/store/postgres/callbacks.js';
import { Connection as PostgresConnection } from '../../src/store/postgres/connection.js';
import { postgresStore } from '../../src/store/postgres/index.js';
import { migrate } from '../../src/store/postgres/migrate.js';
import { placeOf } from '../../src/store/postgres/place.js';
import { removeSome as removeFromPostgres } from '../../src/store/postgres/span.js';
import { deliveryQueue as postgresDeliveries } from '../../src/store/postgres/webhooks.js';
import { callbackQueue as sqliteCallbacks } from '../../src/store/sqlite/callbacks.js';
import { Connection as SqliteConnection } from '../../src/store/sqlite/connection.js';
import { sqliteStore } from '../../src/store/sqlite/index.js';
import { removeSome as removeFromSqlite } from '../../src/store/sqlite/span.js';
import { deliveryQueue as sqliteDeliveries } from '../../src/store/sqlite/webhooks.js';
import { dropSchema, freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { whenDone } from '../support/when-done.js';
import { iccid, made } from './samples.js';

type Queue = 'callbacks' | 'deliveries';

/** A store, with the limits of its queues. */
interface Limited {
  readonly store: Store;
  giveUpOldest(queue: Queue, limit: number, kept: number): Promise<boolean>;
  removeSurplus(queue: Queue, kept: number): Promise<void>;
}

function openSqlite(): Limited {
  const connection = SqliteConnection.open(':memory:');
  const queues = { callbacks: sqliteCallbacks, deliveries: sqliteDeliveries };
  return {
    store: sqliteStore(connection),
    giveUpOldest: (queue, limit, kept) =>
      connection.attempt(() => queues[queue].giveUpOldest(connection, limit, kept)),
    removeSurplus: (queue, kept) =>
      connection.attempt(() => {
        for (const span of queues[queue].surplus(connection, kept)) removeFromSqlite(connection, span, 10);
      }),
  };
}

async function openPostgres(): Promise<Limited> {
  const address = await freshSchema();
  const connection = PostgresConnection.open(placeOf(address));
  whenDone(() => dropSchema(address));
  await migrate(connection);
  const queues = { callbacks: postgresCallbacks, deliveries: postgresDeliveries };
  return {
    store: postgresStore(connection),
    giveUpOldest: (queue, limit, kept) =>
      connection.transaction((queries) => queues[queue].giveUpOldest(queries, limit, kept)),
    removeSurplus: async (queue, kept) => {
      for (const span of await queues[queue].surplus(connection, kept))
        await removeFromPostgres(connection, span, 10);
    },
  };
}

const webhook = {
  ...{ events: [], eid: null, iccid: null, matchingId: null, operator: null, namespace: null },
  ...{ url: 'https://hook.example.com/', secret: 'whsec_', ca: null, createdAt: 1 },
};

/** Queues messages about one subject, and works them off. */
async function prepared(store: Store, queue: Queue) {
  if (queue === 'callbacks') {
    const { id: profileId } = await made(store);
    const call = { profileId, operator: 'o', iccid: iccid(1), body: '{}' };
    return {
      add: (queuedAt: number) => store.commit([{ kind: 'queueCallback', call: { ...call, queuedAt } }]),
      endNext: async () => {
        const [next] = await store.leaseCallbacks('o', 10, 20, 8);
        if (next) await store.callbackDelivered(next, 11);
        return next?.queuedAt;
      },
      left: async () => (await store.listCallbacks({}, 10)).map(({ queuedAt }) => queuedAt),
    };
  }
  const { id: webhookId } = await store.addWebhook(webhook);
  const delivery = { webhookId, subject: 's', event: 'e', body: '{}' };
  return {
    add: (queuedAt: number) => store.commit([{ kind: 'queueDelivery', delivery: { ...delivery, queuedAt } }]),
    endNext: async () => {
      const [next] = await store.leaseDeliveries(webhookId, 10, 20, 8);
      if (next) await store.endDelivery(next, 11);
      return next?.queuedAt;
    },
    left: async () => (await store.listDeliveries(webhookId, 10)).map(({ queuedAt }) => queuedAt),
  };
}

const engines = [
  ['SQLite', openSqlite, undefined],
  ['PostgreSQL', openPostgres, withoutPostgres],
] as const;

describe.each(engines)('on %s', (_, open, absent) => {
  describe.skipIf(absent !== undefined).each(['callbacks', 'deliveries'] as const)(
    'the queue of %s',
    (queue) => {
      let limited: Limited;
      beforeEach(async () => {
        limited = await open();
        const { store } = limited;
        whenDone(() => store.close());
      });

      it('gives up the oldest waiting messages beyond its limit, and then the next one is due', async () => {
        const { add, endNext } = await prepared(limited.store, queue);
        for (const number of [1, 2, 3, 4]) await add(number);
        expect(await limited.giveUpOldest(queue, 1, 2)).toBe(true);
        expect(await limited.giveUpOldest(queue, 1, 2)).toBe(false);
        expect([await endNext(), await endNext(), await endNext()]).toEqual([3, 4, undefined]);
        expect(await limited.giveUpOldest(queue, 1, 0)).toBe(false);
      });

      it('keeps the newest of the messages that ended', async () => {
        const { add, endNext, left } = await prepared(limited.store, queue);
        await add(1);
        await endNext();
        await add(2);
        await limited.removeSurplus(queue, 1);
        expect(await left()).toEqual([2, 1]);
        await limited.removeSurplus(queue, 0);
        expect(await left()).toEqual([2]);
      });
    },
  );
});
