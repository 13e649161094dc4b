import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { examples } from '../help.js';
import { fileToWrite } from '../files.js';
import { print, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';

/** `mock-smdp pool sheet`. */
export function sheetCommand(): Command {
  const command = new Command('sheet')
    .description('Write an HTML page with the QR codes of a pool, to print from a browser.')
    .argument('<name>', 'name of the pool')
    .option('--output <file>', 'file to write (default: standard output)', fileToWrite);
  examples(apiFlags(command), [['write the page to a file', 'pool sheet workshop --output workshop.html']]);
  return command.action(async (name: string, flags: ApiFlags & { output?: string }) => {
    const text = await withServer(flags, ({ calls }) => calls.pools.sheet(name));
    if (flags.output === undefined) return print(text.trimEnd());
    writeFileSync(flags.output, text);
    const count = text.match(/<article>/g)?.length ?? 0;
    return printStatus(`Wrote ${count} QR codes to ${flags.output}. Open the file in a browser to print it.`);
  });
}
