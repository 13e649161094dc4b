import { setTimeout as wait } from 'node:timers/promises';
import { addressProblem } from '../../../base/address.js';
import type { Operation, ParkedDevice } from '../../park/index.js';
import { CommandFormatError, type MdmCommand } from './command.js';
import type { AppleSettings } from './settings.js';

/**
 * The address of the carrier's server: the host of `eSIMServerURL`, and the port if the URL has one. The device ignores
 * the path.
 *
 * @throws CommandFormatError unless `eSIMServerURL` is an https URL
 */
export function serverOf({ uuid, parameters }: MdmCommand): string {
  const given = parameters.get('eSIMServerURL');
  if (typeof given !== 'string' || given === '')
    throw new CommandFormatError("'Command.eSIMServerURL' is missing, or is not a string", uuid);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'https:' || addressProblem(url.host))
    throw new CommandFormatError(
      `'Command.eSIMServerURL' is not an https URL: '${given.slice(0, 200)}'`,
      uuid,
    );
  return url.host;
}

/** The outcome of the request to the carrier's server. */
export interface RefreshResult {
  readonly outcome: string;
  readonly transactionId: string;
  /** The new plan. */
  readonly iccid?: string | undefined;
}

/**
 * Asks the carrier's server for the plan of this device. The MDM server never learns the result. The operation's result is a
 * {@link RefreshResult}.
 *
 * @throws ParkError (busy)
 */
export const refreshCellularPlans = (
  parked: ParkedDevice,
  smdpAddress: string,
  settings: () => AppleSettings,
): Operation =>
  parked.start('refreshCellularPlans', { smdpAddress }, async (task): Promise<RefreshResult> => {
    const { delaySeconds } = settings();
    if (delaySeconds > 0) await wait(delaySeconds * 1000, undefined, { ref: false });
    const { device } = task;
    const result = await device.download({ smdpAddress, ...task.downloadOptions({ consent: 'yes' }) });
    if (result.outcome === 'installed' && settings().enablesPlan) {
      task.step('enable', `profile ${result.iccid}: ${device.enable(result.iccid)}`);
      await device.sendNotifications();
    }
    const { outcome, transactionId } = result;
    return { outcome, transactionId, ...('iccid' in result && { iccid: result.iccid }) };
  });
