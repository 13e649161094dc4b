import { Command } from 'commander';
import type { DiscoveryResult, VirtualDevice } from '../../device/index.js';
import { CliError } from '../errors.js';
import { addresses, serverAddress } from '../addresses.js';
import { examples } from '../help.js';
import { commandFor } from '../invocation.js';
import { imeiDigits } from '../numbers.js';
import { print, printable, printJson, printStatus } from '../output.js';
import { printStep } from './say-step.js';
import { askConfirmationCode } from './ask.js';
import { failureOf } from './explain-failure.js';
import { explained } from './fail.js';
import { serverFlags, type ServerFlags } from './flags.js';
import { withDevice } from './open-device.js';

interface DiscoverFlags extends ServerFlags {
  readonly smdp?: string;
  readonly smds?: readonly string[];
  readonly confirmationCode?: string;
  readonly imei?: string;
}

/** `mock-smdp device discover`. */
export function discoverCommand(): Command {
  const command = new Command('discover')
    .description('Ask the default SM-DP+ and the SM-DSs for profiles, and download all of them.')
    .option('--smdp <address>', 'SM-DP+ to ask, instead of the servers in the eUICC', serverAddress)
    .option(
      '--smds <address>',
      'SM-DS to ask, instead of the servers in the eUICC; may be repeated',
      addresses(serverAddress),
    )
    .option('--confirmation-code <code>', 'code that the operator gave the end user (default: ask)')
    .option('--imei <digits>', 'IMEI of the device: 15 or 16 digits', imeiDigits);
  examples(serverFlags(command), [
    ['ask the servers in the eUICC', 'device discover'],
    ['ask one SM-DP+', 'device discover --smdp localhost:8443'],
    [
      'ask an SM-DS whose name does not resolve',
      'device discover --smds smds.example.com --connect localhost:8443',
    ],
  ]);
  return command.action((flags: DiscoverFlags) =>
    withDevice(flags, (device) => explained(flags, () => discover(device, flags))),
  );
}

async function discover(device: VirtualDevice, flags: DiscoverFlags): Promise<void> {
  const { json, imei, confirmationCode = askConfirmationCode } = flags;
  const findings = await device.discover({
    ...serversToAsk(device, flags),
    ...{ imei, confirmationCode },
    onServer: (address, matchingId) =>
      printStatus(
        `${printable(address)}${matchingId === undefined ? '' : ` for event ${printable(matchingId)}`}`,
      ),
    onStep: printStep,
  });
  if (json) printJson(findings.map(findingJson));
  else printDiscovery(device, findings);
  const failed = findings.filter(({ error }) => error).length;
  if (failed > 0) throw new CliError(`${failed} of ${findings.length} requests failed.`);
}

/**
 * The servers that the options name. If they name no server: the servers stored in the eUICC.
 *
 * @throws CliError if neither the options nor the eUICC name a server
 */
function serversToAsk(device: VirtualDevice, { smdp, smds }: DiscoverFlags) {
  if (smdp !== undefined || smds !== undefined) {
    return { smdpAddress: smdp ?? null, smdsAddresses: smds ?? [] };
  }
  const { defaultSmdpAddress, rootSmdsAddresses } = device.configuredAddresses();
  if (defaultSmdpAddress === undefined && rootSmdsAddresses.length === 0)
    throw new CliError(
      `eUICC ${device.eid} has no server to ask. Name one with --smdp or --smds, or store one in the eUICC:\n` +
        commandFor('device', 'config', '--default-smdp', 'localhost:8443'),
    );
  return {};
}

const findingJson = ({ address, matchingId, result, error }: DiscoveryResult) => ({
  address,
  matchingId,
  ...(result?.outcome === 'installed'
    ? { ...result, deliveryError: undefined, resultDelivered: !result.deliveryError }
    : result),
  ...(error && failureOf(error)?.json),
});

function printDiscovery(device: VirtualDevice, findings: readonly DiscoveryResult[]): void {
  if (findings.length === 0) return print(`Nothing is pending for eUICC ${device.eid}.`);
  for (const { address, result, error } of findings) {
    const from = `from ${printable(address)}`;
    if (error) printStatus(`Nothing ${from}. ${failureOf(error)?.text ?? error.message}`);
    else if (result?.outcome === 'installed')
      print(`Installed ${result.iccid} (${printable(result.profileName)}) ${from}`);
    else print(`Nothing ${from}. The download was ${result?.outcome}.`);
  }
}
