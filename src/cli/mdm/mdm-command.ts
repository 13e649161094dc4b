import { Command } from 'commander';
import { examples } from '../help.js';
import { androidCommand } from './android-command.js';
import { appleCommand } from './apple-command.js';
import { enrolCommand } from './enrol-command.js';
import { lifeCommands } from './life-commands.js';
import { policyCommand } from './policy-command.js';
import { setCommand } from './set-command.js';
import { showCommand } from './show-command.js';
import { getCommand, sendCommand } from './syncml-commands.js';
import { syncCommand } from './sync-command.js';

/** `mock-smdp mdm`: manages virtual devices of a running server, as the management system of each platform does. */
export function mdmCommand(): Command {
  const command = new Command('mdm')
    .description('Manage virtual devices of a running server, as a management system (MDM) does.')
    .addCommand(enrolCommand())
    .addCommand(policyCommand())
    .addCommand(syncCommand())
    .addCommand(showCommand())
    .addCommand(setCommand())
    .addCommand(getCommand())
    .addCommand(sendCommand());
  for (const each of lifeCommands()) command.addCommand(each);
  command.addCommand(appleCommand()).addCommand(androidCommand());
  return examples(command, [
    ['make a virtual PC for each EID of a manifest', 'mdm enrol windows --manifest data/pcs.example.csv'],
    ['give the devices of a group a download server', 'mdm policy apply data/policy.example.yaml'],
    ['let all devices of a policy check in, and show its status', 'mdm sync --policy esim'],
    ['read a node of a PC', 'mdm get pc-01 Profiles'],
    ['make an iPhone', 'mdm enrol apple anna'],
    [
      'let the iPhone ask this server for its plan',
      'mdm apple refresh-cellular-plans anna https://localhost:8443',
    ],
    ['give an Android phone an eSIM', "mdm android add-esim ben 'LPA:1$localhost:8443$...'"],
  ]);
}
