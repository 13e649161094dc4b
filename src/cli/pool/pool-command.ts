import { Command } from 'commander';
import { examples } from '../help.js';
import { createCommand } from './create-command.js';
import { deleteCommand } from './delete-command.js';
import { exportCommand } from './export-command.js';
import { importCommand } from './import-command.js';
import { listCommand } from './list-command.js';
import { sheetCommand } from './sheet-command.js';
import { statusCommand } from './status-command.js';

/** `mock-smdp pool`: pools of activation codes, for MDM systems and for printing. */
export function poolCommand(): Command {
  const command = new Command('pool')
    .description('Import, create, export and watch pools of activation codes on a running server.')
    .addCommand(importCommand())
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand())
    .addCommand(statusCommand())
    .addCommand(sheetCommand())
    .addCommand(deleteCommand());
  return examples(command, [
    ["import a list of codes in Intune's format", 'pool import codes.csv'],
    ['create 50 new codes', 'pool create workshop --count 50'],
    ['write the list for an MDM system', 'pool export workshop --output workshop.csv'],
    ['show the status of the devices', 'pool status workshop'],
    ['print QR codes', 'pool sheet workshop --output workshop.html'],
  ]);
}
