import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProfileFilter, Store } from '../../src/store/index.js';
import { Connection } from '../../src/store/sqlite/connection.js';
import { sqliteStore } from '../../src/store/sqlite/index.js';
import { eid, entry, iccid, made, notification, released, session, update } from './samples.js';

const { transactionId } = session(1);
const event = { smdsAddress: 'smds.example.com', eventId: 'A' };
const callback = { profileId: 1, operator: 'o', iccid: iccid(1), body: '{}', queuedAt: 1 };
const list = (filter: ProfileFilter) => (store: Store) => store.listProfiles(filter, { limit: 10 });

const conflicts = (store: Store) => store.conflictingProfiles([{ eid, matchingId: 'A', iccid: iccid(1) }]);
const addToBatch = async (store: Store) =>
  store.addToBatch((await store.openBatch('plans')) ?? 0, [released(8, { eid, matchingId: '' })]);
async function removeAbandoned(store: Store): Promise<void> {
  await store.abandonBatch((await store.openedBatch())?.id ?? 0);
  while (await store.removeAbandoned(1));
}

const lookUps: readonly [name: string, call: (store: Store) => Promise<unknown>, index: RegExp][] = [
  ['profile', (store) => store.profile(1), /profiles USING INTEGER PRIMARY KEY/],
  ['profilesByIccid', (store) => store.profilesByIccid(iccid(1)), /INDEX profiles_iccid \(iccid=/],
  [
    'profileByMatchingId',
    (store) => store.profileByMatchingId('A'),
    /INDEX profiles_matching_id \(matching_id=/,
  ],
  ['profilesByImsi', (store) => store.profilesByImsi(['001010000000001']), /INDEX profiles_imsi \(<expr>=/],
  ['profilesForEid', (store) => store.profilesForEid(eid), /INDEX profiles_eid \(eid=\? AND matching_id=/],
  [
    'availableProfile',
    (store) => store.availableProfile('g', null),
    /profiles_available \(profile_type=\? AND operator=\? AND namespace=/,
  ],
  [
    'profileTypeInUse',
    (store) => store.profileTypeInUse('g'),
    /profile_counts USING PRIMARY KEY \(profile_type=/,
  ],
  ['history', (store) => store.history(1), /history USING PRIMARY KEY \(profile_id=/],
  ['session', (store) => store.session(transactionId), /sessions USING INDEX .*\(transaction_id=/],
  ['binding', (store) => store.binding(1, eid), /bindings USING PRIMARY KEY \(profile_id=\? AND eid=/],
  [
    'sharedOrder',
    (store) => store.sharedOrder(1, eid),
    /profiles USING INTEGER PRIMARY KEY[^]*downloads USING PRIMARY KEY \(profile_id=\? AND eid=/,
  ],
  ['downloads', (store) => store.downloads(1, 10), /downloads USING PRIMARY KEY \(profile_id=\?\)/],
  ['notifications', (store) => store.notifications(1), /INDEX notifications_profile \(profile_id=/],
  ['hasNotification', (store) => store.hasNotification('k'), /INDEX notifications_key \(event_key=/],
  ['call', (store) => store.call(transactionId), /es2_calls USING INDEX .*\(id=/],
  [
    'callAbout',
    (store) => store.callAbout(1, transactionId),
    /es2_calls USING INDEX es2_calls_profile \(profile_id=\? AND content=/,
  ],
  [
    'eventRecord',
    (store) => store.eventRecord('2.999.10', 'A'),
    /INDEX event_records_name \(owner=\? AND event_id=/,
  ],
  ['eventsForEid', (store) => store.eventsForEid(eid), /INDEX event_records_eid \(eid=/],
  [
    'eventsForEid by EventID',
    (store) => store.eventsForEid(eid, 'A'),
    /event_records_eid \(eid=\? AND event_id=[^]*event_records_root \(eid=\? AND root_event_id=/,
  ],
  [
    'registration',
    (store) => store.registration(event),
    /registrations_name \(smds_address=\? AND event_id=/,
  ],
  [
    'leaseRegistrations',
    (store) => store.leaseRegistrations('smds.example.com', 1, 2, 1),
    /INDEX registrations_due \(smds_address=\? AND next_attempt_at</,
  ],
  [
    'queueDeletion',
    (store) => store.commit([{ kind: 'queueDeletion', event }]),
    /registrations_name \(smds_address=\? AND event_id=/,
  ],
  [
    'expireRegistrations',
    (store) => store.expireRegistrations(1),
    /INDEX registrations_expiry \(expires_at</,
  ],
  ['operator', (store) => store.operator('o'), /operators USING INDEX .*\(identifier=/],
  [
    'forgetCalls',
    (store) => store.commit([{ kind: 'forgetCalls', profileId: 1 }]),
    /INDEX es2_calls_profile \(profile_id=/,
  ],
  [
    'queueCallback',
    (store) => store.commit([{ kind: 'queueCallback', call: callback }]),
    /INDEX callbacks_waiting \(profile_id=\? AND operator=/,
  ],
  [
    'leaseCallbacks',
    (store) => store.leaseCallbacks('o', 1, 2, 1),
    /INDEX callbacks_due \(operator=\? AND next_attempt_at</,
  ],
  ['a list by ICCID', list({ iccid: iccid(1), pool: 'p' }), /INDEX profiles_iccid \(iccid=/],
  ['a list by MatchingID', list({ matchingId: 'A', eid }), /INDEX profiles_matching_id \(matching_id=/],
  [
    'a list by namespace',
    list({ namespace: 'w', pool: 'p' }),
    /profiles_namespace \(namespace=\? AND rowid>\? AND rowid</,
  ],
  ['a list by EID', list({ eid, state: 'Released' }), /INDEX profiles_eid \(eid=/],
  ['a list by pool', list({ pool: 'p', state: 'Error' }), /profiles_pool \(pool=\? AND rowid>\? AND rowid</],
  [
    'a list by state',
    list({ state: 'Error', label: 'a' }),
    /profiles_state \(state=\? AND rowid>\? AND rowid</,
  ],
  ['a list of Released', list({ state: 'Released' }), /PRIMARY KEY \(rowid>\? AND rowid</],
  ['a list by anything else', list({ label: 'a', operator: 'o' }), /PRIMARY KEY \(rowid>\? AND rowid</],
  [
    'updateProfile',
    (store) => store.commit([update({ id: 1, version: 1 }, { label: 'a' }, entry)]),
    /profiles USING INTEGER PRIMARY KEY/,
  ],
  [
    'updateSession',
    (store) => store.commit([{ kind: 'updateSession', transactionId, from: 'bound', set: { eid } }]),
    /sessions USING INDEX .*\(transaction_id=/,
  ],
  [
    'endSessions',
    (store) => store.commit([{ kind: 'endSessions', profileId: 1, except: transactionId }]),
    /INDEX sessions_profile \(profile_id=/,
  ],
  ['addToBatch', addToBatch, /open_batches USING INTEGER PRIMARY KEY/],
  [
    'conflictingProfiles',
    conflicts,
    /_eid \(eid=\? AND matching_id=.*[^]*_matching_id \(mat.*[^]*_iccid \(iccid=/,
  ],
  ['removeAbandoned', removeAbandoned, /profiles USING INTEGER PRIMARY KEY \(rowid>\?/],
  ['poolNames', (store) => store.poolNames(), /COVERING INDEX profiles_pool \(pool>\?/],
  ['poolSize', (store) => store.poolSize('p'), /INDEX profiles_pool \(pool=\? AND rowid>\?/],
  [
    'contactCounts',
    (store) => store.contactCounts('p'),
    /INDEX profiles_pool \(pool=\? AND rowid>\?[^]*history USING [^]*\(profile_id=\?[^]*sessions USING [^]*\(profile_id=\?/,
  ],
  [
    'poolNames in a namespace',
    (store) => store.poolNames('w'),
    /COVERING INDEX profiles_namespace_pool \(namespace=\? AND pool>\?/,
  ],
  [
    'poolSize in a namespace',
    (store) => store.poolSize('p', 'w'),
    /INDEX profiles_namespace_pool \(namespace=\? AND pool=\? AND rowid>\?/,
  ],
  [
    'namespaces',
    async (store) => {
      await store.createProfiles([released(9, { namespace: 'w' })]);
      await store.namespaces();
    },
    /INDEX profiles_namespace \(namespace>\?[^]*INDEX profiles_namespace \(namespace=\? AND rowid>\?/,
  ],
  [
    'contacts',
    (store) => store.contacts([1]),
    /history USING PRIMARY KEY \(profile_id=[^]*sessions_profile[^]*notifications_profile/,
  ],
  ['mdmList', (store) => store.mdmList('p'), /mdm_lists USING INDEX .*\(pool=/],
  ['mdmListOf', (store) => store.mdmListOf('p'), /mdm_lists USING INDEX .*\(provider=/],
  [
    'removeProfile',
    (store) => store.commit([{ kind: 'removeProfile', id: 1, version: 1 }]),
    /profiles USING INTEGER PRIMARY KEY/,
  ],
  [
    'countUnderWay',
    (store) => store.countUnderWay(1, 2),
    /INDEX sessions_expiry \(expires_at>\? AND expires_at<[^]*SCAN callbacks USING INDEX callbacks_waiting/,
  ],
  ['purge', (store) => store.purge(1), /INDEX sessions_expiry \(expires_at>\? AND expires_at</],
];

/** One batch is open at most; `names`, `p` and `json_each` are what a statement makes up; an MDM's list stands for a pool; few calls and messages wait. */
const alwaysSmall =
  /^SCAN (callbacks USING INDEX callbacks_waiting|deliveries USING INDEX deliveries_waiting|open_batches|CONSTANT ROW|\(subquery|names|p$|mdm_lists|json_each)/;

describe('the cost of a look-up does not grow with the table', () => {
  let connection: Connection;
  let store: Store;
  beforeAll(async () => {
    connection = Connection.open(':memory:');
    store = sqliteStore(connection);
    const { id } = await made(store, released(1));
    await store.commit([
      { kind: 'createSession', session: session(1, { profileId: id }) },
      { kind: 'recordNotification', notification: notification({ profileId: id }) },
    ]);
  });
  afterAll(() => store.close());

  /** What SQLite plans for the statement. */
  function plan(sql: string): string[] {
    const parameters: unknown[] = Array.from(sql.matchAll(/\?/g), () => null);
    const named = Array.from(sql.matchAll(/:(\w+)/g), ([, name]) => [name, null]);
    if (named.length > 0) parameters.push(Object.fromEntries(named));
    const rows = connection.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    return rows.map((row) => row.detail);
  }

  it.each(lookUps)('of %s', async (_, call, index) => {
    const earlier = new Set(connection.prepared);
    await call(store);
    const statements = connection.prepared.filter((sql) => !earlier.has(sql) && !sql.startsWith('EXPLAIN'));
    const plans = statements.flatMap(plan);
    expect(plans.join('\n')).toMatch(index);
    const scans = plans.filter((line) => line.startsWith('SCAN') && !alwaysSmall.test(line));
    expect(scans).toEqual([]);
  });
});
