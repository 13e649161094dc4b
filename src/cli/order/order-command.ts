import { Command } from 'commander';
import { examples } from '../help.js';
import { cancelCommand } from './cancel-command.js';
import { confirmCommand } from './confirm-command.js';
import { downloadCommand } from './download-command.js';
import { releaseCommand } from './release-command.js';
import { simulateCommand } from '../profile/simulate-command.js';

/** `mock-smdp order`: orders profiles, as an operator's business system does. */
export function orderCommand(): Command {
  const command = new Command('order')
    .description('Order profiles as an operator does, over ES2+.')
    .addCommand(downloadCommand())
    .addCommand(confirmCommand())
    .addCommand(releaseCommand())
    .addCommand(cancelCommand())
    .addCommand(simulateCommand());
  return examples(command, [
    ['reserve a profile', 'order download --profile-type generic'],
    ['confirm and release the profile, and show its activation code', 'order confirm 8900101…'],
    ['simulate a phone that downloads and enables the profile', 'order simulate 8900101… --until enabled'],
    ['cancel the order', 'order cancel 8900101… --matching-id 0A1B2-3C4D5-6E7F8-90ABC'],
  ]);
}
