import { Command } from 'commander';
import { examples } from '../help.js';
import { exportCommand } from './export-command.js';
import { generateCommand } from './generate-command.js';
import { importCommand } from './import-command.js';
import { listCommand } from './list-command.js';

/** `mock-smdp subscribers`: profiles that have their own IMSI and keys, for phones and for the core network. */
export function subscribersCommand(): Command {
  const command = new Command('subscribers')
    .description(
      'Make profiles that have their own IMSI, K and OPc on a running server, and export the same subscribers for a core network.',
    )
    .addCommand(importCommand())
    .addCommand(generateCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand());
  return examples(command, [
    [
      'make 1,000 subscribers whose keys are drawn from a seed',
      'subscribers generate --count 1000 --seed lab',
    ],
    ['make the subscribers in a file', 'subscribers import subscribers.csv'],
    ['export them for Open5GS', 'subscribers export --for open5gs --out subscribers.json'],
  ]);
}
