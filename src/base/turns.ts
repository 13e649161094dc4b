const waiting: (() => void)[] = [];
let isScheduled = false;

/**
 * Resolves when it is the caller's turn to do a piece of long work. There is one turn in each round of the event loop, whoever
 * asks: however much work there is, requests of devices are looked at between two pieces of it.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(() => {
    isScheduled = false;
    waiting.shift()?.();
    if (waiting.length > 0) schedule();
  });
}

/** Items of a long list that are looked at in one turn. */
const portion = 500;

/** Passes a long list on, portion by portion, each in a turn of its own. */
export async function* inTurns<T>(items: readonly T[], size = portion): AsyncGenerator<readonly T[], void> {
  for (let at = 0; at < items.length; at += size) {
    await nextTurn();
    yield items.slice(at, at + size);
  }
}
