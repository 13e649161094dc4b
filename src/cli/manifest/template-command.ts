import { Command } from 'commander';
import { manifestTemplate } from '../../manifests/index.js';
import { examples } from '../help.js';

/** `mock-smdp manifest template`. */
export function templateCommand(): Command {
  const command = new Command('template').description(
    'Print a template with all columns and a few rows. Only the column eid is mandatory.',
  );
  command.option('--subscribers', 'include the columns for subscribers: imsi, k, opc');
  examples(command, [['write it to a file', 'manifest template > eids.csv']]);
  return command.action(
    ({ subscribers }: { readonly subscribers?: boolean }) =>
      void process.stdout.write(manifestTemplate(subscribers)),
  );
}
