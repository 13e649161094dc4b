import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProfileFilter, Store } from '../../src/store/index.js';
import { Connection } from '../../src/store/postgres/connection.js';
import { postgresStore } from '../../src/store/postgres/index.js';
import { migrate } from '../../src/store/postgres/migrate.js';
import { placeOf } from '../../src/store/postgres/place.js';
import { freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { eid, iccid, released } from './samples.js';

const list = (filter: ProfileFilter) => (store: Store) => store.listProfiles(filter, { limit: 10 });

const lookUps: readonly [name: string, call: (store: Store) => Promise<unknown>, index: RegExp][] = [
  ['profile', (store) => store.profile(1), /profiles_pkey/],
  ['profilesByIccid', (store) => store.profilesByIccid(iccid(7)), /profiles_iccid/],
  ['profileByMatchingId', (store) => store.profileByMatchingId('A'), /profiles_matching_id/],
  ['profilesByImsi', (store) => store.profilesByImsi(['001010000000001']), /profiles_imsi/],
  ['profilesForEid', (store) => store.profilesForEid(eid), /profiles_eid/],
  ['availableProfile', (store) => store.availableProfile('generic', null), /profiles_available/],
  ['availableProfile of an operator', (store) => store.availableProfile('g', 'o'), /profiles_available/],
  ['sharedOrder', (store) => store.sharedOrder(1, eid), /profiles_pkey/],
  ['a list by ICCID', list({ iccid: iccid(1), label: 'a' }), /profiles_iccid/],
  ['a list by MatchingID', list({ matchingId: 'A', eid }), /profiles_(matching_id|eid)/],
  ['a list by EID', list({ eid, state: 'Released' }), /profiles_eid/],
  ['a list by pool', list({ pool: 'p' }), /profiles_pool/],
  ['a list by namespace', list({ namespace: 'w' }), /profiles_namespace/],
  ['a list by state', list({ state: 'Error' }), /profiles_state/],
  ['poolSize', (store) => store.poolSize('p'), /profiles_pool/],
  ['contactCounts', (store) => store.contactCounts('p'), /profiles_pool/],
  [
    'conflictingProfiles',
    (store) => store.conflictingProfiles([{ eid, matchingId: 'A', iccid: iccid(1) }]),
    /profiles_eid[^]*profiles_matching_id[^]*profiles_iccid/,
  ],
];

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'PostgreSQL reads by an index', () => {
  let connection: Connection;
  let store: Store;
  beforeAll(async () => {
    connection = Connection.open(placeOf(await freshSchema()));
    await migrate(connection);
    store = postgresStore(connection);
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    await store.createProfiles(
      numbers.map((number) =>
        released(number, {
          eid: String(number).padStart(32, '0'),
          matchingId: number % 2 === 0 ? '' : `M-${number}`,
          pool: number % 1000 === 0 ? 'p' : null,
          namespace: number % 1000 === 1 ? 'w' : '',
          ...(number % 4 === 3 ? ({ state: 'Available', profileType: 'other' } as const) : {}),
        }),
      ),
    );
    await connection.run('ANALYZE profiles');
  });
  afterAll(() => store.close());

  /** The plans of all statements that `call` sends. */
  async function plansOf(call: (store: Store) => Promise<unknown>): Promise<string> {
    const sent: [string, readonly unknown[]][] = [];
    const read = async (sql: string, values: readonly unknown[] = []) => {
      sent.push([sql, values]);
      return connection.all<Record<string, unknown>>(sql, values);
    };
    const watched = {
      all: read,
      first: async (sql: string, values?: readonly unknown[]) => (await read(sql, values))[0],
      transaction: (work: (queries: unknown) => Promise<unknown>) => work(watched),
    };
    await call(postgresStore(Object.setPrototypeOf(watched, connection) as Connection));
    const plans = sent.map(([sql, values]) =>
      connection.all<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${sql}`, values),
    );
    return (await Promise.all(plans))
      .flat()
      .map((row) => row['QUERY PLAN'])
      .join('\n');
  }

  it.each(lookUps)('for %s', async (_, call, index) => {
    const plans = await plansOf(call);
    expect(plans).toMatch(index);
    expect(plans).not.toContain('Seq Scan on profiles');
  });
});
