import { setTimeout as wait } from 'node:timers/promises';
import type { DownloadResult, DiscoveryResult } from '../../lpa/index.js';
import type { Operation, ParkedDevice, Task } from '../../park/index.js';
import { managedDevice, type ManagedDevice } from '../managed-device.js';

/**
 * Puts a device of a park under management. Its downloads are operations of the park, so that every observer of the
 * park sees them. A download waits while the device is busy.
 *
 * @param isThere whether the device is still in its park
 */
export const managedParkedDevice = (parked: ParkedDevice, isThere: () => boolean): ManagedDevice => ({
  ...managedDevice(parked.device),
  download: (options) => {
    const request = typeof options === 'object' && options !== null ? withoutFunctions(options) : {};
    return run(parked, isThere, 'download', request, async ({ device, step }): Promise<DownloadResult> => {
      if (typeof options !== 'object' || options === null) return device.download(options);
      return device.download({ ...options, onStep: (done) => step(done.step, done.message) });
    });
  },
  discover: (options = {}) =>
    run(
      ...([parked, isThere, 'discover', withoutFunctions(options)] as const),
      ({ device, step }): Promise<readonly DiscoveryResult[]> =>
        device.discover({ ...options, onStep: (done) => step(done.step, done.message) }),
    ),
});

const withoutFunctions = (options: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'function'));

/** Milliseconds between two checks of a device that waits for its user. */
const patience = 200;

async function run<T>(
  parked: ParkedDevice,
  isThere: () => boolean,
  action: string,
  request: Readonly<Record<string, unknown>>,
  work: (task: Task) => Promise<T>,
): Promise<T> {
  for (let current = parked.current; current; current = parked.current) await ended(current);
  if (!isThere()) throw new Error('the device was removed');
  let result: { readonly value: T } | undefined;
  const operation = parked.start(action, { ...request, by: 'management' }, async (task) => {
    const value = await work(task);
    result = { value };
    return value;
  });
  await ended(operation);
  if (result) return result.value;
  throw operation.record.error ?? new Error(`the operation is ${operation.record.state}`);
}

async function ended(operation: Operation): Promise<void> {
  while (!operation.hasEnded) {
    await operation.settled(new AbortController().signal);
    if (!operation.hasEnded) await wait(patience, undefined, { ref: false });
  }
}
