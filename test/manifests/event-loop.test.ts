import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/manifests/text/read-text.js';
import { preload } from '../../src/manifests/preload/index.js';
import { nearMatchingIds } from '../../src/api/journal/near-matching-ids.js';
import type { Profile, Store } from '../../src/store/index.js';
import { arriving } from './support/files.js';
import { follow, preparation } from './support/preloading.js';

/** Turns of the event loop that others have while `work` is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turns++) await setImmediate();
  })();
  await work();
  isOver = true;
  await counting;
  return turns;
}

describe('others have their turn', () => {
  it.each([
    ['all rows are rejected', `eid\n${'8\n'.repeat(30_000)}`],
    ['all rows are empty', `eid\n${'8\n'}${'\n'.repeat(300_000)}8\n`],
  ])('while a manifest is read of which %s', async (_, text) => {
    const context = await preparation();
    const chunk = Buffer.from(text);
    const turns = await turnsDuring(() => follow(preload(context, arriving(chunk), { skipBadRows: true })));
    expect(turns).toBeGreaterThan(chunk.length / 65_536);
    if (text.includes('8\n8\n')) expect(turns).toBeGreaterThan(30_000 / 1000);
  });

  it('while a MatchingID is compared with many long ones', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => ({ matchingId: `${'A'.repeat(60)}${index}` }));
    const store = { listProfiles: async () => ({ items: items as Profile[] }) } as Partial<Store> as Store;
    let near: readonly Profile[] = [];
    const turns = await turnsDuring(async () => (near = await nearMatchingIds(store, 'A'.repeat(64), 3)));
    expect(near).toHaveLength(3);
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});

it('a file that arrives octet by octet is read in pieces of some size', async () => {
  const octets = Buffer.alloc(100_000, 'A');
  async function* singly(): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < octets.length; at++) yield octets.subarray(at, at + 1);
  }
  const { pieces } = await readText(singly());
  let [count, characters] = [0, 0];
  for await (const { text } of pieces) {
    count++;
    characters += text.length;
  }
  expect(characters).toBe(octets.length);
  expect(count).toBeLessThan(10);
});
