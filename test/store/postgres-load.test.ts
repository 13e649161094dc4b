import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { poolSettingsOf } from '../../src/store/postgres/client-settings.js';
import { Connection } from '../../src/store/postgres/connection.js';
import { explain, isConnectionLost } from '../../src/store/postgres/explain.js';
import { postgresStore } from '../../src/store/postgres/index.js';
import { migrate } from '../../src/store/postgres/migrate.js';
import { placeOf } from '../../src/store/postgres/place.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { Link } from '../support/postgres/link.js';
import { whenDone } from '../support/when-done.js';
import { made, released } from './samples.js';

/** Locks on tables of the schema: those held, or those waited for. */
const locks = async (address: string, condition: string): Promise<readonly string[]> => {
  const rows = await query<{ relname: string }>(
    address,
    `SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation
     WHERE relnamespace = current_schema()::regnamespace AND ${condition}`,
  );
  return rows.map(({ relname }) => relname);
};

const somebodyWaits = (address: string) =>
  expect.poll(() => locks(address, 'NOT granted'), { timeout: 60_000 }).not.toEqual([]);

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'PostgreSQL under load', () => {
  it('a reset locks no table while another transaction could still need the table', async () => {
    const address = await freshSchema();
    const connection = Connection.open(placeOf(address));
    whenDone(() => connection.close());
    await migrate(connection);
    const store = postgresStore(connection);
    const { id } = await made(store);
    let runs = 0;
    let goOn = (): void => undefined;
    const pause = new Promise<void>((resolve) => (goOn = resolve));
    const change = connection.transaction(async (queries) => {
      runs++;
      await queries.run('UPDATE deliveries SET subject = subject');
      await pause;
      await queries.run(`UPDATE profiles SET label = 'a' WHERE id = ${id}`);
    });
    const reset = store.clear();
    await somebodyWaits(address);
    expect(await locks(address, "granted AND mode = 'AccessExclusiveLock'")).toEqual([]);
    goOn();
    await Promise.all([change, reset]);
    expect([runs, await store.profile(id)]).toEqual([1, undefined]);
  });

  it('a snapshot that is taken during a restore has the restored rows', async () => {
    const address = await freshSchema();
    const link = await Link.to(address);
    const [store, other] = [await openStore(link.url(address)), await openStore(address)];
    whenDone(() => Promise.all([store.close(), other.close()]));
    const { id } = await made(store);
    await other.saveSnapshot('before');
    const release = link.holdCommits();
    const restored = store.restoreSnapshot('before');
    await expect
      .poll(() => locks(address, "granted AND mode = 'AccessExclusiveLock'"), { timeout: 60_000 })
      .toContain('deliveries');
    const saved = other.saveSnapshot('during');
    await somebodyWaits(address);
    release();
    await Promise.all([restored, saved]);
    await other.clear();
    await other.restoreSnapshot('during');
    expect(await other.profile(id)).toMatchObject({ id });
  });

  it('the removal of an abandoned import may take long', async () => {
    const address = await freshSchema();
    const store = await openStore(address);
    whenDone(() => store.close());
    const batch = (await store.openBatch('somebody'))!;
    await store.addToBatch(batch, [released(1)]);
    await store.abandonBatch(batch);
    await query(
      address,
      `CREATE FUNCTION demand_patience() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF current_setting('statement_timeout') <> '0' THEN RAISE 'too slow' USING ERRCODE = 'query_canceled'; END IF;
         RETURN OLD;
       END $$;
       CREATE TRIGGER slow BEFORE DELETE ON profiles FOR EACH ROW EXECUTE FUNCTION demand_patience()`,
    );
    while (await store.removeAbandoned(10));
    expect(await store.openedBatch()).toBeUndefined();
  });

  it('a single statement is sent again if PostgreSQL ended a deadlock with it', async () => {
    const address = await freshSchema();
    const store = await openStore(address);
    whenDone(() => store.close());
    await query(
      address,
      `CREATE SEQUENCE tries;
       CREATE FUNCTION be_the_victim_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('tries') = 1 THEN RAISE 'deadlock detected' USING ERRCODE = 'deadlock_detected'; END IF;
         RETURN NEW;
       END $$;
       CREATE TRIGGER victim BEFORE INSERT ON tester_settings FOR EACH ROW EXECUTE FUNCTION be_the_victim_once()`,
    );
    await store.shared!.saveSetting('clock', 'set');
    expect(await store.shared!.settings()).toEqual(new Map([['clock', 'set']]));
  });

  it('a request that gets none of the connections is told so, and is not sent again', async () => {
    const pool = new pg.Pool(poolSettingsOf(placeOf(await freshSchema()), 1));
    whenDone(() => pool.end());
    const client = await pool.connect();
    pool.options.connectionTimeoutMillis = 10;
    const error: unknown = await pool.connect().catch((caught: unknown) => caught);
    client.release();
    expect(isConnectionLost(error)).toBe(false);
    expect(explain(error, 'db/smdp')).toMatchObject({
      failure: 'locked',
      message: expect.stringContaining('raise connections=… in SMDP_DATABASE') as string,
    });
  });
});
