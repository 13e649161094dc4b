import { Command } from 'commander';
import { examples } from '../help.js';
import { importCommand } from './import-command.js';
import { templateCommand } from './template-command.js';
import { validateCommand } from './validate-command.js';

/** `mock-smdp manifest`: EIDs in bulk. */
export function manifestCommand(): Command {
  const command = new Command('manifest')
    .description('Preload a running server with a profile for each EID in a file.')
    .addCommand(importCommand())
    .addCommand(validateCommand())
    .addCommand(templateCommand());
  return examples(command, [
    ['a file to begin with', 'manifest template > eids.csv'],
    ['what is wrong with one', 'manifest validate eids.csv'],
    ['a profile for each of its EIDs', 'manifest import eids.csv'],
  ]);
}
