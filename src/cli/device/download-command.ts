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
    .option('--smdp <address>', 'ask this SM-DP+ instead of giving an activation code', serverAddress)
    .option('--matching-id <id>', 'with --smdp; without it the profile is looked up by EID')
    .option('--confirmation-code <code>', 'what the operator gave the end user; asked for on a terminal')
    .addOption(
      new Option('--cancel <reason>', 'cancel when the profile is offered').choices(
        Object.keys(CancelSessionReason),
      ),
    )
    .option('--imei <digits>', 'IMEI of the device: 15 or 16 digits', imeiDigits);
  examples(serverFlags(command), [
    ['with an activation code', "device download 'LPA:1$localhost:8443$DE301-00000-00000-00001'"],
    ['what waits for the EID', 'device download --smdp localhost:8443'],
    ['as another device', "device download 'LPA:1$localhost:8443$…' --eid 89049032000000000000000000000163"],
    [
      'at an address that does not resolve',
      "device download 'LPA:1$smdp.example.com$…' --connect localhost:8443",
    ],
  ]);
  return command.action((activationCode: string | undefined, flags: DownloadFlags) => {
    if ((activationCode === undefined) === (flags.smdp === undefined)) {
      command.error('error: give either an activation code or --smdp <address>');
    }
    if (activationCode !== undefined && flags.matchingId !== undefined) {
      command.error('error: --matching-id goes with --smdp; an activation code has its own');
    }
    if (activationCode !== undefined) requireCode(activationCode);
    return withDevice(flags, (device) =>
      explained(flags, async () => report(device, await download(device, activationCode, flags), flags)),
    );
  });
}

/** Says what is wrong with a code before anything is opened. @throws MisuseError */
function requireCode(activationCode: string): void {
  try {
    parseActivationCode(activationCode);
  } catch (error) {
    refuseEaten(activationCode);
    if (!(error instanceof SyntaxError)) throw error;
    throw new MisuseError(`activationCode: ${error.message}`, { cause: error });
  }
}

/** A shell that was not kept from it takes `$localhost` for a variable. */
function refuseEaten(activationCode: string): void {
  if (activationCode.includes('$')) return;
  throw new MisuseError(
    `'${activationCode}' is no activation code: the $ are missing.\nPut it into single quotes, or the shell replaces what follows a $.`,
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
  else print(`Nothing was installed: the download was ${result.outcome}.`);
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
  printStatus(`Warning: the server does not know it yet: ${printable(deliveryError.message)}`);
  printStatus(`The notification is kept; '${commandFor('device', 'notifications', '--send')}' tries again.`);
}
