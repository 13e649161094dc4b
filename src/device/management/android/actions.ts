import type { DownloadResult } from '../../lpa/index.js';
import { ProfileChangeRefused, type Operation, type ParkedDevice, type Task } from '../../park/index.js';
import type { EsimChange } from './outcome.js';

/**
 * Downloads a profile, and enables it if requested. The operation's result is an {@link EsimChange}, or a `DownloadResult` if
 * the user cancels.
 *
 * @param added called with the ICCID of the new profile
 * @throws ParkError (busy)
 */
export const addEsim = (
  parked: ParkedDevice,
  activationCode: string,
  activates: boolean,
  added: (iccid: string) => void,
): Operation =>
  parked.start('addEsim', { activates }, async (task): Promise<EsimChange | DownloadResult> => {
    const result = await task.device.download({ activationCode, ...task.downloadOptions() });
    if (result.outcome !== 'installed') return result;
    added(result.iccid);
    if (activates) {
      change(task, 'enable', result.iccid);
      await task.device.sendNotifications();
    }
    return { outcome: 'done', iccid: result.iccid };
  });

/** Disables and deletes a profile. @throws ParkError (busy) */
export const removeEsim = (parked: ParkedDevice, iccid: string, removed: () => void): Operation =>
  parked.start('removeEsim', { iccid }, async (task): Promise<EsimChange> => {
    const profile = task.device.profiles().find((each) => each.iccid === iccid);
    if (profile?.state === 'enabled') change(task, 'disable', iccid);
    change(task, 'delete', iccid);
    removed();
    await task.device.sendNotifications();
    return { outcome: 'done', iccid };
  });

/** Deletes the profiles that a wipe removes. @throws ParkError (busy) */
export const wipe = (parked: ParkedDevice, profiles: 'all' | readonly string[]): Operation =>
  parked.start(
    'wipe',
    { profiles: profiles === 'all' ? profiles : [...profiles] },
    async (task): Promise<object> => {
      const { device } = task;
      if (profiles === 'all') task.step('reset', `eUICC memory reset: ${device.reset()}`);
      else
        for (const iccid of profiles) {
          device.disable(iccid);
          change(task, 'delete', iccid);
        }
      await device.sendNotifications();
      return {};
    },
  );

/** @throws ProfileChangeRefused */
function change(task: Task, action: 'enable' | 'disable' | 'delete', iccid: string): void {
  const result = task.device[action](iccid);
  task.step(action, `profile ${iccid}: ${result}`);
  if (result !== 'ok')
    throw new ProfileChangeRefused(result, `the eUICC does not ${action} profile ${iccid}: ${result}`);
}
