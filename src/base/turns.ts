const waiting: (() => void)[] = [];
let isScheduled = false;

/**
 * Resolves when the caller may do its next piece of long work. Each round of the event loop lets one caller continue. So the server
 * answers devices between two pieces of long work, however many callers are waiting.
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

/** Splits a long list into portions. Waits for the next turn before it yields each portion. */
export async function* inTurns<T>(items: readonly T[], size = portion): AsyncGenerator<readonly T[], void> {
  for (let at = 0; at < items.length; at += size) {
    await nextTurn();
    yield items.slice(at, at + size);
  }
}
