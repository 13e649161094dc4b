import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../src/manifests/preload/until-aborted.js';

const megabyte = 2 ** 20;

async function* chunks(count: number): AsyncGenerator<Buffer, void> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(megabyte);
}

describe('reading until it is given up', () => {
  it('keeps nothing of what was read', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let read = 0;
    for await (const chunk of untilAborted(chunks(1000), new AbortController().signal)) {
      read += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(read).toBe(1000 * megabyte);
    expect(most).toBeLessThan(500 * megabyte);
  });

  it('ends at once with the reason, and does not ask the source for more', async () => {
    const giveUp = new AbortController();
    let asked = 0;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => (asked++ === 0 ? Promise.resolve({ value: 1 }) : new Promise(() => undefined)),
      }),
    };
    const reading = untilAborted(source, giveUp.signal);
    expect(await reading.next()).toEqual({ value: 1, done: false });
    const second = reading.next();
    giveUp.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    expect(asked).toBe(2);
    await expect(untilAborted(source, giveUp.signal).next()).rejects.toThrow('enough');
    expect(asked).toBe(2);
  });

  it('passes on how the source ends, and tells it where it is left', async () => {
    const signal = new AbortController().signal;
    async function* failing(): AsyncGenerator<number, void> {
      yield 1;
      throw new Error('broken');
    }
    const reading = untilAborted(failing(), signal);
    await reading.next();
    await expect(reading.next()).rejects.toThrow('broken');
    let isClosed = false;
    async function* closing(): AsyncGenerator<number, void> {
      try {
        for (;;) yield 1;
      } finally {
        isClosed = true;
      }
    }
    for await (const one of untilAborted(closing(), signal)) if (one === 1) break;
    expect(isClosed).toBe(true);
  });
});
