import { Command } from 'commander';
import { examples } from '../help.js';
import { cardCommand } from './card-command.js';
import { configCommand } from './config-command.js';
import { discoverCommand } from './discover-command.js';
import { downloadCommand } from './download-command.js';
import { infoCommand } from './info-command.js';
import { listCommand } from './list-command.js';
import { lpacCommand } from './lpac-command.js';
import { notificationsCommand } from './notifications-command.js';
import { propertiesCommand } from './properties-command.js';
import { nicknameCommand } from './nickname-command.js';
import { deleteCommand, disableCommand, enableCommand } from './switch-commands.js';

/** `mock-smdp device`: the virtual eUICC and its LPA. */
export function deviceCommand(): Command {
  const command = new Command('device')
    .description('Download profiles with a virtual eUICC that checks the server as strictly as a card does.')
    .addCommand(downloadCommand())
    .addCommand(discoverCommand())
    .addCommand(listCommand())
    .addCommand(enableCommand())
    .addCommand(disableCommand())
    .addCommand(deleteCommand())
    .addCommand(nicknameCommand())
    .addCommand(notificationsCommand())
    .addCommand(configCommand())
    .addCommand(infoCommand())
    .addCommand(propertiesCommand())
    .addCommand(lpacCommand())
    .addCommand(cardCommand());
  return examples(command, [
    ['download a profile', "device download 'LPA:1$localhost:8443$DE301-00000-00000-00001'"],
    ['download all profiles that a server has for the EID', 'device discover --smdp localhost:8443'],
    ['list the profiles on the eUICC', 'device list'],
    ['enable the profile, and notify its server', 'device enable'],
    ['run lpac on the eUICC', 'device lpac -- lpac profile list'],
  ]);
}
