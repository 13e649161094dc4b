/** Yields the items of `source` until the signal aborts, then throws the signal's reason. Does not wait for a source that blocks. */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void> {
  if (!signal) {
    yield* source;
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextOf(iterator, signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // After an abort, do not wait for `return`: a source that blocks would end only after its next item.
    if (!signal.aborted) await iterator.return?.();
  }
}

/**
 * Waits for the next item or for the signal. Removes its listener after each item. `Promise.race` with one long-lived promise would
 * keep all items in memory, because that promise holds a reaction for each race.
 */
function nextOf<T>(iterator: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) return fail();
    signal.addEventListener('abort', fail, { once: true });
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', fail));
  });
}
