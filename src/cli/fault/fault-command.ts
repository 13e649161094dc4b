import { Command } from 'commander';
import { examples } from '../help.js';
import { addCommand } from './add-command.js';
import { clearCommand, listCommand } from './list-commands.js';
import { codesCommand } from './codes-command.js';
import { scenarioCommand } from './scenario-command.js';

/** `mock-smdp fault`: fault rules of a running server. */
export function faultCommand(): Command {
  const command = new Command('fault')
    .description('Make a running server misbehave on purpose.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(clearCommand())
    .addCommand(scenarioCommand())
    .addCommand(codesCommand());
  return examples(command, [
    ['list MatchingIDs that trigger a fault without a rule', 'fault codes'],
    [
      'answer the next getBoundProfilePackage with HTTP status 503',
      'fault add --next getBoundProfilePackage --http-status 503',
    ],
    [
      'handle notifications, but lose the answers',
      'fault add --function handleNotification --when after --cut close',
    ],
    [
      'refuse each device once, then serve it',
      `fault add --function authenticateClient --counted-by eid --outcomes '{"refuse": "8.1/4.8"}' --outcomes '{"real": true}'`,
    ],
    ['use an expired TLS certificate', 'fault add --tls expired'],
    ['list the rules, and how often each has acted', 'fault list'],
    ['remove all rules', 'fault clear'],
  ]);
}
