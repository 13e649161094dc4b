import { Command } from 'commander';
import { AndroidSettingsView, type AndroidCommandRequest, type AndroidOperation } from '../../api/index.js';
import { androidText } from '../../wire/device-words/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import { print, printable, printJson, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, withServer } from '../server-calls.js';
import { settingsCommand } from './settings-command.js';

/** `mock-smdp mdm android`: the eSIM commands of the Android Management API. */
export function androidCommand(): Command {
  const command = new Command('android')
    .description('Send eSIM commands of the Android Management API to a virtual Android device.')
    .addCommand(addCommand())
    .addCommand(removeCommand())
    .addCommand(informationCommand())
    .addCommand(wipeCommand())
    .addCommand(listCommand())
    .addCommand(settingsCommand(AndroidSettingsView.properties, ({ android }) => android));
  return examples(command, [
    ['add an eSIM and activate it', "mdm android add-esim ben 'LPA:1$localhost:8443$...'"],
    ['remove an eSIM', 'mdm android remove-esim ben 8900…'],
    ['see an error of EuiccManager', "mdm android add-esim ben 'LPA:1$localhost:8443$ERR-8-1-1-3-8'"],
    ['wipe the device and its eSIMs', 'mdm android wipe ben --wipe-esims'],
  ]);
}

const onDevice = (name: string, description: string): Command =>
  apiFlags(new Command(name).description(description).argument('<device>', 'name or EID of the device'));

const addCommand = (): Command =>
  onDevice('add-esim', 'ADD_ESIM: download a profile, and wait for the result.')
    .argument('<activation-code>', "in single quotes: 'LPA:1$…'")
    .option('--not-activated', 'only download the profile, without enabling it')
    .action((device: string, activationCode: string, flags: ApiFlags & { readonly notActivated?: boolean }) =>
      issue(flags, device, {
        type: 'ADD_ESIM',
        addEsimParams: {
          activationCode,
          activationState: flags.notActivated ? 'NOT_ACTIVATED' : 'ACTIVATED',
        },
      }),
    );

const removeCommand = (): Command =>
  onDevice('remove-esim', 'REMOVE_ESIM: delete a profile that ADD_ESIM added.')
    .argument('<iccid>', 'ICCID of the profile')
    .action((device: string, iccId: string, flags: ApiFlags) =>
      issue(flags, device, { type: 'REMOVE_ESIM', removeEsimParams: { iccId } }),
    );

const informationCommand = (): Command =>
  onDevice('request-device-info', 'REQUEST_DEVICE_INFO: ask for the EID.').action(
    (device: string, flags: ApiFlags) =>
      issue(flags, device, {
        type: 'REQUEST_DEVICE_INFO',
        requestDeviceInfoParams: { deviceInfo: 'EID' },
      }),
  );

const wipeCommand = (): Command =>
  onDevice('wipe', 'WIPE: erase a device. The eSIMs stay unless --wipe-esims is given.')
    .option('--wipe-esims', 'WIPE_ESIMS: also delete the eSIMs')
    .action((device: string, flags: ApiFlags & { readonly wipeEsims?: boolean }) =>
      issue(flags, device, {
        type: 'WIPE',
        wipeParams: { wipeDataFlags: flags.wipeEsims ? ['WIPE_ESIMS'] : [] },
      }),
    );

const listCommand = (): Command =>
  onDevice('list', 'List the commands that a device has received, with their status.').action(
    (device: string, flags: ApiFlags) =>
      callApi(
        flags,
        ({ android }) => android.operations(device),
        (operations) => operations.forEach((operation) => print(lineOf(operation))),
      ),
  );

/** Sends a command and waits for its end. @throws CliError if the device did not carry out the command */
const issue = (flags: ApiFlags, device: string, command: AndroidCommandRequest): Promise<void> =>
  withServer(flags, async ({ calls: { android } }) => {
    const { name } = await android.issue(device, command);
    const operation = await android.finished(device, name);
    if (flags.json) printJson(operation);
    if (operation.done && hasFailed(operation)) throw new CliError(lineOf(operation));
    if (!flags.json) print(lineOf(operation));
    if (!operation.done) printStatus(`The device continues. 'mdm android list ${device}' shows the result.`);
  });

const statusOf = ({ metadata }: AndroidOperation): string | undefined =>
  metadata.errorCode ?? metadata.esimStatus?.status ?? metadata.requestDeviceInfoStatus?.status;

const succeeded: ReadonlySet<string | undefined> = new Set(['SUCCESS', 'SUCCEEDED', undefined]);

const hasFailed = (operation: AndroidOperation): boolean => !succeeded.has(statusOf(operation));

/** A command in one line: its number, type and status, with details of the status. */
function lineOf(operation: AndroidOperation): string {
  const { name, metadata, done, euiccManager } = operation;
  const { esimStatus, requestDeviceInfoStatus } = metadata;
  return [
    `${name.split('/').at(-1)}  ${metadata.type}: ${statusOf(operation) ?? (done ? 'done' : 'IN_PROGRESS')}`,
    esimStatus?.esimInfo?.iccId,
    requestDeviceInfoStatus?.eidInfo?.eids.map(({ eid }) => eid).join(', '),
    euiccManager && androidText(euiccManager),
  ]
    .filter((part): part is string => Boolean(part))
    .map(printable)
    .join('  ');
}
