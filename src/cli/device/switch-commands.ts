import { Command } from 'commander';
import type { ProfileResult, VirtualDevice } from '../../device/index.js';
import { plainDigits } from '../../base/written-number.js';
import { canonicalIccid, isHexIccid } from '../../wire/rsp/index.js';
import { CliError, MisuseError } from '../errors.js';
import { commandFor } from '../invocation.js';
import { print, printJson } from '../output.js';
import { deliveryJson, printDeliveries } from './deliveries.js';
import { explained } from './fail.js';
import { serverFlags, type ServerFlags } from './flags.js';
import { withDevice } from './open-device.js';

type Operation = 'enable' | 'disable' | 'delete';

/** `mock-smdp device enable`. */
export const enableCommand = (): Command =>
  switchCommand('enable', 'Enable a profile; the one that is enabled is disabled.');

/** `mock-smdp device disable`. */
export const disableCommand = (): Command => switchCommand('disable', 'Disable the enabled profile.');

/** `mock-smdp device delete`. */
export const deleteCommand = (): Command => switchCommand('delete', 'Delete a disabled profile.');

function switchCommand(operation: Operation, what: string): Command {
  const command = new Command(operation)
    .description(`${what} Its server is notified.`)
    .argument('[iccid]', 'which one; needed where there are several');
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
  const iccid = given === undefined ? onlyProfile(device) : canonicalIccid(plainDigits(given));
  const result = device[operation](iccid);
  if (result !== 'ok') {
    const isNone = result === 'iccidOrAidNotFound' && !isHexIccid(iccid);
    throw isNone
      ? new MisuseError(`'${iccid}' is no ICCID, which has 18 to 20 digits.\n${thereAre(device)}`)
      : new CliError(refusal(result, operation, iccid, device));
  }
  if (!json) print(`Profile ${iccid} is ${operation}d.`);
  const deliveries = await device.sendNotifications();
  if (json) printJson({ iccid, operation, result, notifications: deliveries.map(deliveryJson) });
  printDeliveries(deliveries);
}

function onlyProfile(device: VirtualDevice): string {
  const [profile, ...others] = device.profiles();
  if (profile && others.length === 0) return profile.iccid;
  throw new CliError(`Name the ICCID of a profile. ${thereAre(device)}`);
}

/** Why an operation is not possible (SGP.22 5.7.16 to 5.7.18), and what would be. */
function refusal(
  result: Exclude<ProfileResult, 'ok'>,
  operation: Operation,
  iccid: string,
  device: VirtualDevice,
): string {
  switch (result) {
    case 'iccidOrAidNotFound':
      return `There is no profile ${iccid} on eUICC ${device.eid} (${result}).\n${thereAre(device)}`;
    case 'profileNotInDisabledState':
      if (operation === 'enable') return `Profile ${iccid} is enabled already (${result}).`;
      return `Profile ${iccid} is enabled (${result}).\nDisable it first: ${commandFor('device', 'disable', iccid)}`;
    case 'profileNotInEnabledState':
      return `Profile ${iccid} is disabled already (${result}).`;
    case 'disallowedByPolicy':
      return `The policy rules of the profile do not allow it (${result}): PPR1 forbids to disable, PPR2 to delete.`;
  }
}

function thereAre(device: VirtualDevice): string {
  const iccids = device.profiles().map(({ iccid, state }) => `${iccid} (${state})`);
  return iccids.length === 0 ? 'The eUICC has no profile.' : `There are: ${iccids.join(', ')}`;
}
