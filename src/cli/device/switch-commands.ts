import { Command } from 'commander';
import type { ProfileResult, VirtualDevice } from '../../device/index.js';
import { plainDigits } from '../../base/written-number.js';
import { canonicalIccid, isHexIccid } from '../../wire/rsp/index.js';
import { CliError, MisuseError } from '../errors.js';
import { installedProfiles, noSuchProfile, onlyProfile } from '../installed-profiles.js';
import { commandFor } from '../invocation.js';
import { print, printJson } from '../output.js';
import { deliveryJson, printDeliveries } from './deliveries.js';
import { explained } from './fail.js';
import { serverFlags, type ServerFlags } from './flags.js';
import { withDevice } from './open-device.js';

type Operation = 'enable' | 'disable' | 'delete';

/** `mock-smdp device enable`. */
export const enableCommand = (): Command =>
  switchCommand('enable', 'Enable a profile, and disable the profile that was enabled before.');

/** `mock-smdp device disable`. */
export const disableCommand = (): Command => switchCommand('disable', 'Disable the enabled profile.');

/** `mock-smdp device delete`. */
export const deleteCommand = (): Command => switchCommand('delete', 'Delete a disabled profile.');

function switchCommand(operation: Operation, what: string): Command {
  const command = new Command(operation)
    .description(`${what} The device notifies the servers that the profile names.`)
    .argument('[iccid]', 'ICCID of the profile (default: the only profile)');
  return serverFlags(command).action((given: string | undefined, flags: ServerFlags) =>
    withDevice(flags, (device) => explained(flags, () => change(device, operation, given, flags))),
  );
}

async function change(
  device: VirtualDevice,
  operation: Operation,
  given: string | undefined,
  { json }: ServerFlags,
): Promise<void> {
  const iccid =
    given === undefined
      ? onlyProfile(`eUICC ${device.eid}`, device.profiles())
      : canonicalIccid(plainDigits(given));
  const result = device[operation](iccid);
  if (result !== 'ok') {
    const isNone = result === 'iccidOrAidNotFound' && !isHexIccid(iccid);
    throw isNone
      ? new MisuseError(
          `'${iccid}' is not an ICCID; write 18 to 20 digits.\n${installedProfiles(`eUICC ${device.eid}`, device.profiles())}`,
        )
      : new CliError(refusal(result, operation, iccid, device));
  }
  if (!json) print(`Profile ${iccid} is ${operation}d.`);
  const deliveries = device.card.holdNotifications ? [] : await device.sendNotifications();
  if (json) printJson({ iccid, operation, result, notifications: deliveries.map(deliveryJson) });
  printDeliveries(deliveries);
}

/** Explains why an operation failed (SGP.22 5.7.16 to 5.7.18), and says what to do instead. */
function refusal(
  result: Exclude<ProfileResult, 'ok'>,
  operation: Operation,
  iccid: string,
  device: VirtualDevice,
): string {
  switch (result) {
    case 'iccidOrAidNotFound':
      return noSuchProfile(`eUICC ${device.eid}`, iccid, result, device.profiles());
    case 'profileNotInDisabledState':
      if (operation === 'enable') return `Profile ${iccid} is already enabled (${result}).`;
      return `Profile ${iccid} is enabled (${result}).\nDisable it first: ${commandFor('device', 'disable', iccid)}`;
    case 'profileNotInEnabledState':
      return `Profile ${iccid} is already disabled (${result}).`;
    case 'disallowedByPolicy':
      return `A policy rule does not allow this (${result}): a profile with PPR1 cannot be disabled, and a profile with PPR2 cannot be deleted.`;
  }
}
