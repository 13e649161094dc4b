import { setImmediate } from 'node:timers/promises';

/** How many turns of the event loop other work gets while `work` runs. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
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
