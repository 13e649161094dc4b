import { Command } from 'commander';
import type { ManagedDeviceView } from '../../api/index.js';
import { facts, print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

interface ShowFlags extends ApiFlags {
  readonly documents?: boolean;
}

/** `mock-smdp mdm show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show a device as its management system sees it, with the policies that it has received.')
    .argument('<device>', 'name or EID of the device')
    .option('--documents', 'the newest documents between the management system and the device');
  return apiFlags(command).action((name: string, flags: ShowFlags) =>
    callApi(
      flags,
      ({ management }) => management.device(name),
      (device) => (flags.documents ? showDocuments(device) : show(device)),
    ),
  );
}

function show({ device, user, enrolment, lastCheckIn, policies, windows }: ManagedDeviceView): void {
  const told = policies.map(
    ({ policy, assignmentStatus, activationStatus, deviceState, error }): [string, string] => [
      `policy ${policy}`,
      [`${assignmentStatus}, ${activationStatus}, ${deviceState}`, error ?? []].flat().join(': '),
    ],
  );
  const servers = (windows?.downloadServers ?? []).map((server): [string, string] => [
    `download server ${server.serverName}`,
    withError(`DiscoveryState ${server.discoveryState}, attempts ${server.attempts}`, server),
  ]);
  const profiles = (windows?.profiles ?? []).map((profile): [string, string] => [
    `profile ${profile.iccid}`,
    withError(`State ${profile.state}`, profile),
  ]);
  facts([
    ['device', device],
    ['user', user],
    ['enrolment', enrolment],
    ['last check-in', lastCheckIn],
    ...[...told, ...servers, ...profiles],
  ]).forEach((line) => print(line));
}

const withError = (
  text: string,
  { errorDetail, error }: { readonly errorDetail: number; readonly error: string | null },
): string => (error === null ? text : `${text}, ErrorDetail ${errorDetail}: ${error}`);

function showDocuments({ documents }: ManagedDeviceView): void {
  for (const { at, from, text } of documents) {
    print(`<!-- ${at} from the ${from === 'device' ? 'device' : 'management system'} -->`);
    text
      .trimEnd()
      .split('\n')
      .forEach((line) => print(printable(line)));
  }
}
