import type { MemoryResetOptions, MemoryResetResult } from '../euicc/index.js';
import type { DiscoverOptions, DownloadOptions, NotificationDelivery } from '../lpa/index.js';
import type { ConductOfOperation } from './dialog.js';
import { ProfileChangeRefused } from './errors.js';
import type { Operation } from './operation.js';
import type { ParkedDevice, Task } from './parked-device.js';

/** Options of {@link download}: `DownloadOptions`, but with settings for the user's answers in place of callbacks. */
export interface ParkedDownload
  extends Omit<DownloadOptions, 'consent' | 'confirmationCode' | 'onStep'>, ConductOfOperation {}

/** The servers that a discovery asks. Default: the servers configured in the eUICC. */
export type ServersToAsk = Pick<DiscoverOptions, 'smdpAddress' | 'smdsAddresses'>;

/** The result of a profile change, with the notifications that were sent. */
export interface ProfileChange {
  readonly result: 'ok';
  readonly iccid: string;
  readonly notifications: readonly NotificationDelivery[];
}

/** The result of a reset of the eUICC, with the notifications that were sent. */
export interface ResetOutcome {
  readonly result: MemoryResetResult;
  /** ICCIDs of the deleted profiles. */
  readonly removed: string[];
  readonly notifications: readonly NotificationDelivery[];
}

/** Downloads a profile. The operation's result is a `DownloadResult`. @throws ParkError (busy) */
export const download = (
  parked: ParkedDevice,
  { consent, confirmationCode, ...options }: ParkedDownload,
): Operation =>
  parked.start('download', { ...options, ...(consent && { consent }) }, ({ device, downloadOptions }) =>
    device.download({ ...options, ...downloadOptions({ consent, confirmationCode }) }),
  );

/** Asks the default SM-DP+ and the SM-DSs. The operation's result is a list of `DiscoveryResult`. @throws ParkError (busy) */
export const discover = (
  parked: ParkedDevice,
  servers: ServersToAsk = {},
  conduct: ConductOfOperation = {},
): Operation =>
  parked.start('discover', { ...servers }, ({ device, step, downloadOptions }) =>
    device.discover({
      ...servers,
      ...downloadOptions(conduct),
      onServer: (address, matchingId) =>
        step('server', `asks ${address}${matchingId === undefined ? '' : ` for event ${matchingId}`}`),
    }),
  );

const pastOf = { enable: 'enabled', disable: 'disabled', delete: 'deleted' } as const;

/**
 * Enables, disables or deletes a profile, then sends the notifications. The operation's result is a {@link
 * ProfileChange}. If the eUICC refuses, the operation fails with {@link ProfileChangeRefused}.
 *
 * @throws ParkError (busy)
 */
export const changeProfile = (
  parked: ParkedDevice,
  action: keyof typeof pastOf,
  iccid: string,
  sendsNotifications = true,
): Operation =>
  parked.start(action, { iccid }, async (task): Promise<ProfileChange> => {
    const result = task.device[action](iccid);
    if (result !== 'ok')
      throw new ProfileChangeRefused(result, `the eUICC does not ${action} profile ${iccid}: ${result}`);
    task.step(action, `profile ${iccid} is ${pastOf[action]}`);
    return { result, iccid, notifications: sendsNotifications ? await deliver(task) : [] };
  });

/**
 * Sets the nickname of a profile (SGP.22 5.7.21). If there is no such profile, the operation fails with {@link
 * ProfileChangeRefused}. @throws ParkError (busy)
 */
export const setNickname = (parked: ParkedDevice, iccid: string, nickname: string): Operation =>
  parked.start('nickname', { iccid, nickname }, async ({ device, step }): Promise<ProfileChange> => {
    const result = device.setNickname(iccid, nickname);
    if (result !== 'ok')
      throw new ProfileChangeRefused(
        result,
        `the eUICC does not set the nickname of profile ${iccid}: ${result}`,
      );
    step(
      'nickname',
      nickname === '' ? `profile ${iccid} has no nickname` : `profile ${iccid} is '${nickname}'`,
    );
    return { result, iccid, notifications: [] };
  });

/** Sends the waiting notifications. The operation's result is a list of `NotificationDelivery`. @throws ParkError (busy) */
export const sendNotifications = (parked: ParkedDevice): Operation =>
  parked.start('sendNotifications', {}, deliver);

/** Resets the eUICC (SGP.22 5.7.19), then sends the notifications. The operation's result is a {@link ResetOutcome}. @throws ParkError (busy) */
export const reset = (
  parked: ParkedDevice,
  options: MemoryResetOptions = {},
  sendsNotifications = true,
): Operation =>
  parked.start('reset', { ...options }, async (task): Promise<ResetOutcome> => {
    const iccids = (): string[] => task.device.profiles().map(({ iccid }) => iccid);
    const before = iccids();
    const result = task.device.reset(options);
    const left = new Set(iccids());
    const removed = before.filter((iccid) => !left.has(iccid));
    task.step(
      'reset',
      result === 'ok' ? `profiles deleted: ${removed.length}` : 'there is nothing to delete',
    );
    return { result, removed, notifications: sendsNotifications ? await deliver(task) : [] };
  });

async function deliver({ device, step }: Task): Promise<NotificationDelivery[]> {
  const deliveries = await device.sendNotifications();
  for (const { operation, iccid, address, error } of deliveries) {
    const what = `notification '${operation}' of profile ${iccid ?? 'unknown'}`;
    step('handleNotification', error ? `${what}: ${error.message}` : `${address} has received the ${what}`);
  }
  return deliveries;
}
