import { Command, Option } from 'commander';
import type { CancelReason, DownloadResult, InstalledProfile, VirtualDevice } from '../../device/index.js';
import { CancelSessionReason, parseActivationCode } from '../../wire/rsp/index.js';
import { serverAddress } from '../addresses.js';
import { MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { commandFor } from '../invocation.js';
import { imeiDigits } from '../numbers.js';
import { facts, print, printable, printJson, printStatus } from '../output.js';
import { printStep } from './say-step.js';
import { askConfirmationCode } from './ask.js';
import { explained } from './fail.js';
import { serverFlags, type ServerFlags } from './flags.js';
import { withDevice } from './open-device.js';

interface DownloadFlags extends ServerFlags {
  readonly smdp?: string;
  readonly matchingId?: string;
  readonly confirmationCode?: string;
  readonly cancel?: CancelReason;
  readonly imei?: string;
}

/** `mock-smdp device download`. */
export function downloadCommand(): Command {
  const command = new Command('download')
    .description('Download and install a profile (SGP.22 3.1.3), and show each step.')
    .argument('[activation-code]', "in single quotes, with or without LPA: 'LPA:1$host:port$MatchingID'")
    .option('--smdp <address>', 'SM-DP+ to ask, instead of an activation code', serverAddress)
    .option('--matching-id <id>', 'MatchingID for --smdp (default: the server finds the profile by the EID)')
    .option('--confirmation-code <code>', 'code that the operator gave the end user (default: ask)')
    .addOption(
      new Option('--cancel <reason>', 'cancel the session when the server offers the profile').choices(
        Object.keys(CancelSessionReason),
      ),
    )
    .option('--imei <digits>', 'IMEI of the device: 15 or 16 digits', imeiDigits);
  examples(serverFlags(command), [
    ['with an activation code', "device download 'LPA:1$localhost:8443$DE301-00000-00000-00001'"],
    ['the profile whose order is linked to the EID', 'device download --smdp localhost:8443'],
    [
      'as a device with another EID',
      "device download 'LPA:1$localhost:8443$…' --eid 89049032000000000000000000000163",
    ],
    [
      'from an address that does not resolve',
      "device download 'LPA:1$smdp.example.com$…' --connect localhost:8443",
    ],
  ]);
  return command.action((activationCode: string | undefined, flags: DownloadFlags) => {
    if ((activationCode === undefined) === (flags.smdp === undefined)) {
      command.error('error: give either an activation code or --smdp <address>');
    }
    if (activationCode !== undefined && flags.matchingId !== undefined) {
      command.error(
        'error: --matching-id is allowed only with --smdp; an activation code has its own MatchingID',
      );
    }
    if (activationCode !== undefined) requireCode(activationCode);
    return withDevice(flags, (device) =>
      explained(flags, async () => report(device, await download(device, activationCode, flags), flags)),
    );
  });
}

/** Checks the activation code before the device is opened. @throws MisuseError */
function requireCode(activationCode: string): void {
  try {
    parseActivationCode(activationCode);
  } catch (error) {
    refuseCodeWithoutDollar(activationCode);
    if (!(error instanceof SyntaxError)) throw error;
    throw new MisuseError(`activationCode: ${error.message}`, { cause: error });
  }
}

/**
 * Refuses a code without `$`. Without single quotes, the shell replaces `$localhost` in the code, because it looks like
 * a variable.
 */
function refuseCodeWithoutDollar(activationCode: string): void {
  if (activationCode.includes('$')) return;
  throw new MisuseError(
    `'${activationCode}' is not an activation code: the $ are missing.\nPut the code in single quotes; otherwise the shell replaces each $ and the word after it.`,
  );
}

const download = (
  device: VirtualDevice,
  activationCode: string | undefined,
  { smdp, matchingId, confirmationCode, cancel, imei }: DownloadFlags,
): Promise<DownloadResult> =>
  device.download({
    activationCode,
    smdpAddress: smdp,
    matchingId,
    confirmationCode: confirmationCode ?? askConfirmationCode,
    cancel,
    imei,
    onStep: printStep,
  });

function report(device: VirtualDevice, result: DownloadResult, { json }: DownloadFlags): void {
  if (result.outcome === 'installed') return reportInstalled(device, result, json);
  if (json) printJson(result);
  else if (result.outcome === 'stopped') reportPowerLoss(device, result.after);
  else print(`Nothing was installed: the download was ${result.outcome}.`);
}

function reportPowerLoss(device: VirtualDevice, after: string): void {
  print(`The power failed after ${after}. The eUICC has kept:`);
  const lines = facts([
    ['profiles', device.profiles().length],
    ['undelivered notifications', device.notifications().length],
  ]);
  lines.forEach((line) => print(line));
}

function reportInstalled(
  device: VirtualDevice,
  { deliveryError, ...result }: InstalledProfile,
  json: boolean | undefined,
): void {
  const profile = device.profiles().find(({ iccid }) => iccid === result.iccid)!;
  if (json) printJson({ ...result, ...profile, eid: device.eid, resultDelivered: !deliveryError });
  else {
    printStatus();
    print('Installed:');
    const lines = facts([
      ['ICCID', profile.iccid],
      ['name', profile.profileName],
      ['provider', profile.serviceProviderName],
      ['class', profile.profileClass],
      ['state', profile.state],
      ['ISD-P AID', profile.isdpAid],
      ['EID', device.eid],
      ['SM-DP+ OID', result.smdpOid],
    ]);
    lines.forEach((line) => print(line));
  }
  if (!deliveryError) return;
  printStatus(`Warning: the server was not notified: ${printable(deliveryError.message)}`);
  printStatus(`Try again with '${commandFor('device', 'notifications', '--send')}'.`);
}
