import { Command } from 'commander';
import { examples } from '../help.js';
import { euiccCommand } from './euicc-command.js';
import { initCommand } from './init-command.js';
import { listCommand } from './list-command.js';
import { operatorCommand } from './operator-command.js';
import { showCommand } from './show-command.js';

/** `mock-smdp certs`: the PKI folder. */
export function certsCommand(): Command {
  const command = new Command('certs')
    .description('Make a test PKI, inspect a PKI folder, issue eUICCs and client certificates.')
    .addCommand(initCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(euiccCommand())
    .addCommand(operatorCommand());
  return examples(command, [
    ['make a test PKI for a server', 'certs init --certs pki --address smdp.example.com'],
    ['list the certificates of a PKI folder, and how long they are valid', 'certs list --certs pki'],
    ['issue a client certificate for an operator', 'certs operator bss.example.com'],
    ['issue an eUICC for a device simulator', 'certs euicc --eid 89049032000000000000000000000163 --out my-euicc'],
  ]);
}
