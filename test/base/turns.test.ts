import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurns, nextTurn } from '../../src/base/turns.js';

it('gives one turn in each round of the event loop, whoever asks', async () => {
  const taken: string[] = [];
  const work = async (name: string): Promise<void> => {
    for (let at = 0; at < 2; at++) {
      await nextTurn();
      taken.push(name);
    }
  };
  const all = Promise.all([work('a'), work('b'), work('c')]);
  await setImmediate();
  expect(taken).toEqual(['a']);
  await setImmediate();
  expect(taken).toEqual(['a', 'b']);
  await all;
  expect(taken).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

it('passes a list on in portions', async () => {
  const portions: (readonly number[])[] = [];
  for await (const portion of inTurns([1, 2, 3, 4, 5], 2)) portions.push(portion);
  expect(portions).toEqual([[1, 2], [3, 4], [5]]);
});
