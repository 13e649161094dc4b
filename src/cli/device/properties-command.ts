import { Command } from 'commander';
import { cardFields } from '../../device/index.js';
import { examples } from '../help.js';
import { print, printJson, table } from '../output.js';

/** `mock-smdp device properties`. */
export function propertiesCommand(): Command {
  const command = new Command('properties')
    .description('List the card properties. A file for --card may contain them, and --set sets one of them.')
    .option('--json', 'as JSON, on standard output');
  examples(command, [
    ['a card that fails to install the profile', 'device download … --set failAtElement=3'],
    ['a card from a file', 'device download … --card card.yaml'],
  ]);
  return command.action(({ json }: { json?: boolean }) => {
    const rows = Object.entries(cardFields).map(([property, { title, allowed }]) => ({
      property,
      meaning: title,
      allowed,
    }));
    if (json) return printJson(rows);
    const cells = rows.map(({ property, meaning, allowed }) => [property, meaning, allowed]);
    table(['property', 'meaning', 'allowed'], cells).forEach((line) => print(line));
  });
}
