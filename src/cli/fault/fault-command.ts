import { Command } from 'commander';
import { examples } from '../help.js';
import { addCommand } from './add-command.js';
import { clearCommand, listCommand } from './list-commands.js';
import { codesCommand } from './codes-command.js';

/** `mock-smdp fault`: misbehaviour on purpose of a running server. */
export function faultCommand(): Command {
  const command = new Command('fault')
    .description('Make a running server misbehave on purpose.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(clearCommand())
    .addCommand(codesCommand());
  return examples(command, [
    ['MatchingIDs that stand for a fault, without any preparation', 'fault codes'],
    ['the next BPP is answered with 503, once', 'fault add --next getBoundProfilePackage --http-status 503'],
    ['an answer lost', 'fault add --function handleNotification --when after --cut close'],
    ['an expired TLS certificate', 'fault add --tls expired'],
    ['how often they have acted', 'fault list'],
    ['well-behaved again', 'fault clear'],
  ]);
}
