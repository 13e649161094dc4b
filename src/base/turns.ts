const waiting: (() => void)[] = [];
let isScheduled = false;

/**
 * Resolves when the caller may do its next piece of long work. There is one turn per round of the event loop, shared by all callers. So
 * requests of devices are handled between two pieces of work, however much work there is.
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

/** Number of items per turn. */
const portion = 500;

/** Yields a long list in portions, each in a turn of its own. */
export async function* inTurns<T>(items: readonly T[], size = portion): AsyncGenerator<readonly T[], void> {
  for (let at = 0; at < items.length; at += size) {
    await nextTurn();
    yield items.slice(at, at + size);
  }
}
