import { Command } from 'commander';
import { examples } from '../help.js';
import { importCommand } from './import-command.js';
import { templateCommand } from './template-command.js';
import { validateCommand } from './validate-command.js';

/** `mock-smdp manifest`: EIDs in bulk. */
export function manifestCommand(): Command {
  const command = new Command('manifest')
    .description('Prepare a profile for each EID in a file, on a running server.')
    .addCommand(importCommand())
    .addCommand(validateCommand())
    .addCommand(templateCommand());
  return examples(command, [
    ['write a template', 'manifest template > eids.csv'],
    ['check a file without a server', 'manifest validate eids.csv'],
    ['prepare a profile for each EID in the file', 'manifest import eids.csv'],
  ]);
}
