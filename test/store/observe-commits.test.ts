import { beforeEach, describe, expect, it } from 'vitest';
import { observeCommits, openStore, type Store, type Transition } from '../../src/store/index.js';
import { whenDone } from '../support/when-done.js';
import { made, released } from './samples.js';

let store: Store;
let seen: (Transition | 'removal' | 'registration')[];

beforeEach(async () => {
  const inner = await openStore(':memory:');
  whenDone(() => inner.close());
  seen = [];
  store = observeCommits(inner, {
    transition: (transition) => seen.push(transition),
    removal: () => seen.push('removal'),
    replacement: () => Promise.resolve(),
    registration: () => seen.push('registration'),
  });
});

const event = { smdsAddress: 'smds.example.com', eventId: 'M-1', eid: '8'.repeat(32), expiresAt: null };
const queued = { kind: 'queueRegistration' as const, event };

describe('a store whose commits are observed', () => {
  it('tells each new line of history, with its profile', async () => {
    const profile = await made(store);
    const { id, version } = profile;
    const line = { at: 1, trigger: 'release', from: 'Released' as const, to: 'Released' as const };
    await store.commit([{ kind: 'updateProfile', id, version, set: {}, history: [line] }]);
    expect(seen).toEqual([{ profileId: id, namespace: '', ...line }]);
  });

  it('tells of profiles that may be gone: removed, cleared, or replaced by a snapshot', async () => {
    const profile = await made(store);
    await store.saveSnapshot('before');
    await store.commit([{ kind: 'removeProfile', id: profile.id, version: profile.version }]);
    await store.restoreSnapshot('before');
    await store.clear([]);
    expect(seen).toEqual(['removal', 'removal', 'removal']);
  });

  it('tells of events for an SM-DS, whether a commit or a new profile queues them', async () => {
    await store.commit([queued]);
    await store.createProfiles([released(1)], [{ kind: 'queueDeletion', event }]);
    expect(seen).toEqual(['registration', 'registration']);
  });

  it('tells nothing of a commit that was refused', async () => {
    const profile = await made(store);
    const { id, version } = profile;
    const stale = { kind: 'updateProfile' as const, id, version: version + 1, set: {}, history: [] };
    expect(await store.commit([stale, queued, { kind: 'removeProfile', id, version }])).toBe(false);
    expect(seen).toEqual([]);
  });
});
