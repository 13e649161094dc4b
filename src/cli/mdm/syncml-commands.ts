import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { readSyncMl } from '../../device/management/syncml/index.js';
import { contentOfStdin } from '../replay/stdin.js';
import { CliError } from '../errors.js';
import { fileOrStdin } from '../files.js';
import { examples } from '../help.js';
import { print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';

/** `mock-smdp mdm send`. */
export function sendCommand(): Command {
  const command = new Command('send')
    .description('Send a SyncML document to a virtual Windows PC, and print its answer.')
    .argument('<device>', 'name or EID of the PC')
    .argument('<file>', 'the document, or one command; - for standard input', fileOrStdin);
  examples(apiFlags(command), [['a document', 'mdm send pc-01 document.xml']]);
  return command.action(async (device: string, file: string, flags: ApiFlags) => {
    const document = file === '-' ? await contentOfStdin() : readFileSync(file);
    const answer = await withServer(flags, ({ calls }) =>
      calls.management.syncMl(device, document.toString('utf8')),
    );
    answer
      .trimEnd()
      .split('\n')
      .forEach((line) => print(printable(line)));
  });
}

/** `mock-smdp mdm get`. */
export function getCommand(): Command {
  const command = new Command('get')
    .description('Read a node of the tree ./Device/Vendor/MSFT/eUICCs of a virtual Windows PC.')
    .argument('<device>', 'name or EID of the PC')
    .argument('[node]', "a LocURI, or a path below the active eUICC such as 'Profiles'", '');
  examples(apiFlags(command), [
    ['the children of the eUICC', 'mdm get pc-01'],
    ['whether the user may change eSIM settings', 'mdm get pc-01 Policies/LocalUIEnabled'],
  ]);
  return command.action(async (device: string, node: string, flags: ApiFlags) => {
    const target = node.startsWith('./')
      ? node
      : ['./Device/Vendor/MSFT/eUICCs/Default', node].join(node && '/');
    const inXml = target.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const answer = await withServer(flags, ({ calls }) =>
      calls.management.syncMl(
        device,
        `<Get><CmdID>1</CmdID><Item><Target><LocURI>${inXml}</LocURI></Target></Item></Get>`,
      ),
    );
    const { commands } = readSyncMl(answer);
    const value = commands.find(({ name }) => name === 'Results')?.items[0]?.data;
    const status = commands.find(({ cmd }) => cmd === 'Get')?.data ?? '';
    if (value === undefined)
      throw new CliError(`${target}: the PC answers ${status}. docs/mdm.md describes the tree.`);
    print(printable(value));
  });
}
