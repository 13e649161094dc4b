import { Command } from 'commander';
import { loadManufacturer, manufactureEuicc } from '../../device/index.js';
import { eidCheckDigitsHold, eidWithCheckDigits } from '../../wire/rsp/index.js';
import { writeEuiccFolder } from '../euicc-folder.js';
import { folderToWrite } from '../files.js';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { eidDigits } from '../numbers.js';
import { print, printJson, printStatus } from '../output.js';
import { certsFlags, folderOf, type CertsFlags } from './folder.js';

interface EuiccFlags extends CertsFlags {
  readonly eid: string;
  readonly out: string;
}

/** `mock-smdp certs euicc`. */
export function euiccCommand(): Command {
  const command = new Command('euicc')
    .description('Issue a virtual eUICC into a folder: its key, and the certificates of the eUICC, its EUM and its CI.')
    .requiredOption('--eid <digits>', 'EID: 32 digits', eidDigits)
    .requiredOption('--out <folder>', 'folder to write', folderToWrite);
  examples(certsFlags(command), [
    ['make an eUICC', 'certs euicc --eid 89049032000000000000000000000163 --out my-euicc'],
    ['use the eUICC', "device download 'LPA:1$localhost:8443$…' --certs my-euicc --state my-euicc/state.json"],
  ]);
  return command.action((flags: EuiccFlags) => {
    const { eid, out, json } = flags;
    if (!eidCheckDigitsHold(eid)) {
      printStatus(`Warning: the last two digits of the EID are not its check digits; the correct EID is ${eidWithCheckDigits(eid.slice(0, 30))}`);
    }
    const files = writeEuiccFolder(out, manufactureEuicc(loadManufacturer(folderOf(flags), eid), eid));
    if (json) return printJson({ eid, files });
    print(`eUICC ${eid}:`);
    for (const file of files) print(`  ${file}`);
    printStatus(`Use it: ${commandFor('device', 'info', '--certs', shellWord(out), '--state', shellWord(`${out}/state.json`))}`);
  });
}
