import { Command } from 'commander';
import { examples } from '../help.js';
import { exportCommand } from './export-command.js';
import { listCommand } from './list-command.js';
import { showCommand } from './show-command.js';
import { watchCommand } from './watch-command.js';

/** `mock-smdp session`: shows the sessions of devices on a running server. */
export function sessionCommand(): Command {
  const command = new Command('session')
    .description('Look at what devices have done on a running server.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(watchCommand())
    .addCommand(exportCommand());
  return examples(command, [
    ['who was here, and what came of it', 'session list'],
    ['everything that reaches the server, as it happens', 'session watch'],
    ['all messages of a session, and why it was refused', 'session show 0123456789ABCDEF0123456789ABCDEF'],
    ['everything about an eUICC, to be attached to a report', 'session export --eid 8904… -o report.json'],
  ]);
}
