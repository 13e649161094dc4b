import { Command } from 'commander';
import { examples } from '../help.js';
import { changeCommands } from './change-commands.js';
import { answerCommand, discoverCommand, downloadCommand } from './download-commands.js';
import { listCommand, makeCommand, removeCommand, showCommand } from './park-commands.js';

/** `mock-smdp phone`: the virtual devices in the server's process. */
export function phoneCommand(): Command {
  const command = new Command('phone')
    .description(
      "Use the virtual phones and PCs in the server's process. The console shows these devices too. They are lost when the server stops. " +
        "For a device with its own state file, use 'device'.",
    )
    .addCommand(makeCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(downloadCommand())
    .addCommand(discoverCommand())
    .addCommand(answerCommand());
  changeCommands().forEach((each) => command.addCommand(each));
  command.addCommand(removeCommand());
  return examples(command, [
    ['a phone whose user is asked before each download', 'phone make anna --consent ask'],
    ['let the phone scan an activation code', "phone download anna 'LPA:1$localhost:8443$…'"],
    ['its user says yes', 'phone answer anna yes'],
    ['enable the profile', 'phone enable anna'],
  ]);
}
