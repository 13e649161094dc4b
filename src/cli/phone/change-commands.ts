import { Command } from 'commander';
import type { Calls } from '../../library/calls.js';
import { onlyProfile } from '../installed-profiles.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { runOperation } from './operation.js';
import { phoneArgument } from './park-commands.js';

/** `mock-smdp phone enable`, `disable`, `delete`, `nickname`, `notifications` and `reset`. */
export const changeCommands = (): readonly Command[] => [
  switchCommand('enable', 'Enable a profile on a device, and notify its server.'),
  switchCommand('disable', 'Disable a profile on a device, and notify its server.'),
  switchCommand('delete', 'Delete a disabled profile on a device, and notify its server.'),
  nicknameCommand(),
  phoneOnly('notifications', 'Let a device send its waiting notifications.', ({ devices }, phone) =>
    devices.sendNotifications(phone),
  ),
  phoneOnly('reset', 'Reset the eUICC of a device. This deletes all its profiles.', ({ devices }, phone) =>
    devices.reset(phone),
  ),
];

function switchCommand(change: 'enable' | 'disable' | 'delete', description: string): Command {
  const command = new Command(change)
    .description(description)
    .argument('<phone>', phoneArgument)
    .argument('[iccid]', 'ICCID of the profile (default: the only profile)');
  return apiFlags(command).action((phone: string, given: string | undefined, flags: ApiFlags) =>
    runOperation(phone, flags, async (calls) => {
      const iccid = given ?? (await onlyProfileOn(calls, phone));
      return change === 'delete'
        ? calls.devices.deleteProfile(phone, iccid)
        : calls.devices[change](phone, iccid);
    }),
  );
}

/** @throws CliError unless the device has exactly one profile */
async function onlyProfileOn({ devices }: Calls, phone: string): Promise<string> {
  const { profiles, name } = await devices.get(phone);
  return onlyProfile(name, profiles);
}

function nicknameCommand(): Command {
  const command = new Command('nickname')
    .description(
      'Set the nickname of a profile, as the user of the device does. Without a name, remove the nickname.',
    )
    .argument('<phone>', phoneArgument)
    .argument('<iccid>', 'ICCID of the profile')
    .argument('[name]', 'up to 64 characters', '');
  return apiFlags(command).action((phone: string, iccid: string, name: string, flags: ApiFlags) =>
    runOperation(phone, flags, ({ devices }) => devices.setNickname(phone, iccid, name)),
  );
}

function phoneOnly(
  name: string,
  description: string,
  start: (calls: Calls, phone: string) => ReturnType<Calls['devices']['reset']>,
): Command {
  const command = new Command(name).description(description).argument('<phone>', phoneArgument);
  return apiFlags(command).action((phone: string, flags: ApiFlags) =>
    runOperation(phone, flags, (calls) => start(calls, phone)),
  );
}
