/** Yields the items of `source` until the signal aborts. Then it throws the signal's reason, even while the source blocks. */
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
    // A blocked source would only answer after its next piece.
    if (!signal.aborted) await iterator.return?.();
  }
}

/**
 * Removes its listener after each item. Racing every item against one promise would keep all items in memory, because that promise
 * holds a reaction per race.
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
