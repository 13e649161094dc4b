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
    ['list the sessions and their results', 'session list'],
    ['follow everything that reaches the server', 'session watch'],
    [
      'show all messages of a session, and why it was refused',
      'session show 0123456789ABCDEF0123456789ABCDEF',
    ],
    [
      'export everything about an eUICC, to attach it to a report',
      'session export --eid 8904… -o report.json',
    ],
  ]);
}
