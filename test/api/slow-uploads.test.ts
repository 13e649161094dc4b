import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { steady } from '../../src/api/manifests/body.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An upload that sends pieces with pauses between them. */
async function* upload(pieces: number, size: number, milliseconds: number): AsyncGenerator<Buffer, void> {
  for (let piece = 0; piece < pieces; piece++) {
    await pause(milliseconds);
    yield Buffer.alloc(size);
  }
}

async function received(chunks: AsyncIterableIterator<Buffer>): Promise<number | string> {
  let octets = 0;
  try {
    for await (const chunk of steady(chunks)) octets += chunk.length;
    return octets;
  } catch (error) {
    return (error as Error).message;
  }
}

it.each([
  ['that arrives without a pause', upload(100, 65_536, 5), 6_553_600],
  ['over a slow line', upload(60, 10_240, 2_000), 614_400],
  ['that pauses for too long', upload(2, 1_000_000, 10_001), expect.stringContaining('arrived too slowly')],
  ['that drips', upload(100, 33, 5_000), expect.stringContaining('arrived too slowly')],
])('an upload %s', async (_, chunks, outcome) => {
  const result = received(chunks);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await result).toEqual(outcome);
});
