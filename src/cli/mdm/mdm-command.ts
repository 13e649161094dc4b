import { Command } from 'commander';
import { examples } from '../help.js';
import { androidCommand } from './android-command.js';
import { appleCommand } from './apple-command.js';
import { enrolCommand } from './enrol-command.js';

/** `mock-smdp mdm`: manages virtual devices of a running server, as the management system of each platform does. */
export function mdmCommand(): Command {
  const command = new Command('mdm')
    .description('Manage virtual devices of a running server, as a management system (MDM) does.')
    .addCommand(enrolCommand())
    .addCommand(appleCommand())
    .addCommand(androidCommand());
  return examples(command, [
    ['make an iPhone', 'mdm enrol apple anna'],
    [
      'tell it to ask this server for its plan',
      'mdm apple refresh-cellular-plans anna https://localhost:8443',
    ],
    ['give an Android phone an eSIM', "mdm android add-esim ben 'LPA:1$localhost:8443$...'"],
  ]);
}
