import type {
  AndroidCommandRequest,
  AndroidDeviceView,
  AndroidOperation,
  AndroidSettingsChange,
  AndroidSettingsView,
} from '../api/index.js';
import { itemsOf, step, type Asked, type CallApi } from './call.js';

/** How long {@link AndroidCalls.finished} waits. */
export interface PollOptions {
  /** Milliseconds. Default 60,000. */
  readonly timeout?: number | undefined;
}

/**
 * The eSIM commands of the Android Management API, for virtual devices with the platform `android`. Each command is an
 * operation. Poll the operation until it is done. Calls throw ControlError 404 for an unknown device or operation, and
 * 409 for a device of another platform.
 */
export interface AndroidCalls {
  /** The device as its management system sees it. */
  get(device: string): Promise<AndroidDeviceView>;
  /** Gives the device a command. 400: the parameters do not belong to the type of the command. */
  issue(device: string, command: Asked<AndroidCommandRequest>): Promise<AndroidOperation>;
  operations(device: string): Promise<readonly AndroidOperation[]>;
  /** @param id the name of the operation, or only the number at its end */
  operation(device: string, id: number | string): Promise<AndroidOperation>;
  /** Polls an operation until it is done or waits for the user, or until the timeout. @returns the newest state of the operation */
  finished(device: string, id: number | string, options?: PollOptions): Promise<AndroidOperation>;
  settings(device: string): Promise<AndroidSettingsView>;
  changeSettings(device: string, change: Asked<AndroidSettingsChange>): Promise<AndroidSettingsView>;
}

/** Milliseconds between two polls. */
const pollInterval = 100;

export function androidBy(call: CallApi): AndroidCalls {
  const one = (device: string): string => `/devices/${step(device)}/android`;
  const operation = (device: string, id: number | string): Promise<AndroidOperation> =>
    call('GET', `${one(device)}/operations/${step(String(id).split('/').at(-1)!)}`);
  return {
    get: (device) => call('GET', one(device)),
    issue: (device, command) => call('POST', one(device), { body: command }),
    operations: (device) => itemsOf(call, `${one(device)}/operations`),
    operation,
    async finished(device, id, { timeout = 60_000 } = {}) {
      const until = performance.now() + timeout;
      for (;;) {
        const answer = await operation(device, id);
        if (!isRunning(answer) || performance.now() > until) return answer;
        await new Promise((resolve) => setTimeout(resolve, pollInterval));
      }
    },
    settings: (device) => call('GET', `${one(device)}/settings`),
    changeSettings: (device, change) => call('PUT', `${one(device)}/settings`, { body: change }),
  };
}

const isRunning = ({ done, metadata }: AndroidOperation): boolean => {
  const { esimStatus, requestDeviceInfoStatus } = metadata;
  return !done && (esimStatus ?? requestDeviceInfoStatus)?.status !== 'PENDING_USER_ACTION';
};
