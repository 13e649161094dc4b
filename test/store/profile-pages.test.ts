import { expect, it } from 'vitest';
import { openStore, profilePages } from '../../src/store/index.js';
import { released } from './samples.js';

it('profilePages yields every profile of a list longer than one page once, oldest first', async () => {
  const store = await openStore(':memory:');
  try {
    const numbers = Array.from({ length: 1001 }, (_, index) => index);
    await store.createProfiles(
      numbers.map((number) => released(number, { pool: number % 2 ? 'odd' : 'even' })),
    );
    const read = async (pages: AsyncIterable<readonly { readonly id: number }[]>) => {
      const ids: number[][] = [];
      for await (const page of pages) ids.push(page.map(({ id }) => id));
      return ids;
    };
    const all = await read(profilePages(store));
    expect(all.map((page) => page.length)).toEqual([500, 500, 1]);
    expect(all.flat()).toEqual([...new Set(all.flat())].toSorted((a, b) => a - b));
    expect((await read(profilePages(store, { pool: 'odd' }))).flat()).toHaveLength(500);
  } finally {
    await store.close();
  }
});
