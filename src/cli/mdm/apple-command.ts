import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { AppleSettingsView } from '../../api/index.js';
import type { Calls } from '../../library/calls.js';
import type { AppleAnswer } from '../../library/mdm-apple.js';
import { CliError } from '../errors.js';
import { fileOrStdin } from '../files.js';
import { examples } from '../help.js';
import { print, printable, printJson } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';
import { settingsCommand } from './settings-command.js';

/** `mock-smdp mdm apple`: Apple's MDM protocol. */
export function appleCommand(): Command {
  const command = new Command('apple')
    .description("Send commands of Apple's MDM protocol to a virtual iPhone or iPad.")
    .addCommand(refreshCommand())
    .addCommand(informationCommand())
    .addCommand(eraseCommand())
    .addCommand(plistCommand())
    .addCommand(settingsCommand(AppleSettingsView.properties, ({ apple }) => apple));
  return examples(command, [
    [
      "let a device ask a carrier's server for its plan",
      'mdm apple refresh-cellular-plans anna https://localhost:8443',
    ],
    ['read the EID of a device', 'mdm apple device-information anna'],
    ['make the cellular software of a device busy (error 36003)', 'mdm apple settings anna cellular=busy'],
    ['send a command from a file', 'mdm apple plist anna command.plist'],
  ]);
}

const onDevice = (name: string, description: string): Command =>
  apiFlags(new Command(name).description(description).argument('<device>', 'name or EID of the device'));

const refreshCommand = (): Command =>
  onDevice('refresh-cellular-plans', "Let a device ask a carrier's server for its plan.")
    .argument('<url>', "eSIMServerURL: https:// and the server's address")
    .action((device: string, url: string, flags: ApiFlags) =>
      answered(flags, ({ apple }) => apple.refreshCellularPlans(device, url)),
    );

const informationCommand = (): Command =>
  onDevice('device-information', 'Query a device. The query ServiceSubscriptions returns the EID.')
    .argument('[queries...]', 'names of the queries (default: ServiceSubscriptions)')
    .action((device: string, queries: readonly string[], flags: ApiFlags) =>
      answered(flags, ({ apple }) =>
        apple.deviceInformation(device, queries.length > 0 ? queries : ['ServiceSubscriptions']),
      ),
    );

const eraseCommand = (): Command =>
  onDevice('erase-device', 'Erase a device and delete its plans.')
    .option('--preserve-data-plan', 'keep the plans')
    .action((device: string, flags: ApiFlags & { readonly preserveDataPlan?: boolean }) =>
      answered(flags, ({ apple }) => apple.eraseDevice(device, flags)),
    );

/** Sends a file, and prints the answer unchanged. */
const plistCommand = (): Command =>
  onDevice('plist', 'Send a command as an XML property list, and print the answer.')
    .argument('<file>', 'the property list, - for standard input', fileOrStdin)
    .action((device: string, file: string, flags: ApiFlags) =>
      withServer(flags, async ({ calls }) => {
        const text = readFileSync(file === '-' ? 0 : file, 'utf8');
        print((await calls.apple.plist(device, text)).trimEnd());
      }),
    );

/** Prints an answer. @throws CliError unless the device acknowledges the command */
const answered = (flags: ApiFlags, send: (calls: Calls) => Promise<AppleAnswer>): Promise<void> =>
  withServer(flags, async ({ calls }) => {
    const answer = await send(calls);
    if (flags.json) printJson(answer);
    else describe(answer);
    if (answer.status === 'Acknowledged') return;
    const why = answer.errorChain.map(({ code, domain, description }) => `${domain} ${code}: ${description}`);
    throw new CliError([`the device answers ${answer.status}`, ...why].map(printable).join('\n'));
  });

function describe({ status, queryResponses }: AppleAnswer): void {
  if (status !== 'Acknowledged') return;
  print(status);
  const lines = queryResponses ? JSON.stringify(queryResponses, undefined, 2).split('\n') : [];
  lines.forEach((line) => print(printable(line)));
}
