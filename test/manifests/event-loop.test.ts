import { describe, expect, it } from 'vitest';
import { readText } from '../../src/manifests/text/read-text.js';
import { inSlices, readSubscribers } from '../../src/manifests/index.js';
import { preload } from '../../src/manifests/preload/index.js';
import { turnsDuring } from '../support/turns.js';
import { arriving } from './support/files.js';
import { follow, preparation } from './support/preloading.js';

describe('other work gets its turn', () => {
  it.each([
    ['all rows are rejected', `eid\n${'8\n'.repeat(30_000)}`],
    ['all rows are empty', `eid\n${'8\n'}${'\n'.repeat(300_000)}8\n`],
  ])('while a manifest is read in which %s', async (_, text) => {
    const context = await preparation();
    const chunk = Buffer.from(text);
    const turns = await turnsDuring(() => follow(preload(context, arriving(chunk), { skipBadRows: true })));
    expect(turns).toBeGreaterThan(chunk.length / 65_536);
    if (text.includes('8\n8\n')) expect(turns).toBeGreaterThan(30_000 / 1000);
  });
});

describe('a list of subscribers in memory', () => {
  it.each([
    ['blank lines', '\n'],
    ['blank lines below the header', 'imsi\n\n'],
    ['rows without a subscriber', 'imsi\n,\n'],
  ])('lets other work have its turn while %s are read', async (_, text) => {
    const octets = Buffer.from(text.padEnd(1_000_000, text.slice(-2)));
    const turns = await turnsDuring(() =>
      expect(readSubscribers(inSlices(octets))).rejects.toThrow('the list has no subscribers'),
    );
    expect(turns).toBeGreaterThan(octets.length / 65_536);
  });

  it('is read no further than the maximum number of subscribers, even if all rows are broken', async () => {
    const octets = Buffer.from(`imsi\n${'"a"b\n'.repeat(20_000)}`);
    await expect(readSubscribers(inSlices(octets))).rejects.toThrow(
      'line 10002: the list has more than 10000 subscribers',
    );
  });
});

it('a file that arrives octet by octet is read in larger pieces', async () => {
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
