import { expect, it } from 'vitest';
import { nearMatchingIds } from '../../../src/api/journal/near-matching-ids.js';
import type { Profile, Store } from '../../../src/store/index.js';
import { turnsDuring } from '../../support/turns.js';

it('other work gets its turn while a MatchingID is compared with many long ones', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => ({ matchingId: `${'A'.repeat(60)}${index}` }));
  const store = { listProfiles: async () => ({ items: items as Profile[] }) } as Partial<Store> as Store;
  let near: readonly Profile[] = [];
  const turns = await turnsDuring(async () => (near = await nearMatchingIds(store, 'A'.repeat(64), 3)));
  expect(near).toHaveLength(3);
  expect(turns).toBeGreaterThanOrEqual(5);
});
