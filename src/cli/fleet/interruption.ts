/** A signal that the first Ctrl-C or SIGTERM aborts. A second Ctrl-C or SIGTERM kills the process. */
export function interruption(onStop: () => void): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const dispose = (): void => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
  const stop = (): void => {
    dispose();
    onStop();
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { signal: controller.signal, dispose };
}
