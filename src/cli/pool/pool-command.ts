import { Command } from 'commander';
import { examples } from '../help.js';
import { createCommand } from './create-command.js';
import { deleteCommand } from './delete-command.js';
import { exportCommand } from './export-command.js';
import { importCommand } from './import-command.js';
import { listCommand } from './list-command.js';
import { sheetCommand } from './sheet-command.js';
import { statusCommand } from './status-command.js';

/** `mock-smdp pool`: activation codes by the hundred, for MDM systems and for handing out. */
export function poolCommand(): Command {
  const command = new Command('pool')
    .description('Import, make, export and watch pools of activation codes on a running server.')
    .addCommand(importCommand())
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand())
    .addCommand(statusCommand())
    .addCommand(sheetCommand())
    .addCommand(deleteCommand());
  return examples(command, [
    ['import a list of codes as Intune takes it', 'pool import codes.csv'],
    ['make 50 new codes', 'pool create workshop --count 50'],
    ['the list of them for an MDM system', 'pool export workshop --output workshop.csv'],
    ['how far the devices have come', 'pool status workshop'],
    ['QR codes on paper', 'pool sheet workshop --output workshop.html'],
  ]);
}
