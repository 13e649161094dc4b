import { Command } from 'commander';
import { examples } from '../help.js';
import { createCommand } from './create-command.js';
import { cancelCommand, releaseCommand, resetCommand } from './life-cycle-commands.js';
import { listCommand } from './list-command.js';
import { packageCommand } from './package-command.js';
import { showCommand } from './show-command.js';
import { simulateCommand } from './simulate-command.js';

/** `mock-smdp profile`: manages the profiles of a running server. */
export function profileCommand(): Command {
  const command = new Command('profile')
    .description('Prepare profiles on a running server, and see their state and history.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(packageCommand())
    .addCommand(releaseCommand())
    .addCommand(cancelCommand())
    .addCommand(resetCommand())
    .addCommand(simulateCommand());
  return examples(command, [
    ['a profile for one download, by any device', 'profile create'],
    ['profiles that devices can download', 'profile list --state Released'],
    ['state and history of a profile', 'profile show 8900101000000000019'],
    ['make a spent profile downloadable again', 'profile reset 8900101000000000019'],
  ]);
}
