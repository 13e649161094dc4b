import { Command } from 'commander';
import { loadManufacturer, manufactureEuicc } from '../../device/index.js';
import { eidCheckDigitsHold, eidWithCheckDigits } from '../../wire/rsp/index.js';
import { writeEuiccFolder } from '../euicc-folder.js';
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
    .description('Issue a virtual eUICC: key, certificate, and those of its EUM and CI, in a folder of their own.')
    .requiredOption('--eid <digits>', 'its EID: 32 digits', eidDigits)
    .requiredOption('--out <folder>', 'where to put it');
  examples(certsFlags(command), [
    ['make one', 'certs euicc --eid 89049032000000000000000000000163 --out my-euicc'],
    ['and use it', "device download 'LPA:1$localhost:8443$…' --certs my-euicc --state my-euicc/state.json"],
  ]);
  return command.action((flags: EuiccFlags) => {
    const { eid, out, json } = flags;
    if (!eidCheckDigitsHold(eid)) {
      printStatus(`Warning: the last two digits are not the check digits: ${eidWithCheckDigits(eid.slice(0, 30))}`);
    }
    const files = writeEuiccFolder(out, manufactureEuicc(loadManufacturer(folderOf(flags)), eid));
    if (json) return printJson({ eid, files });
    print(`eUICC ${eid}:`);
    for (const file of files) print(`  ${file}`);
    printStatus(`Use it: ${commandFor('device', 'info', '--certs', shellWord(out), '--state', shellWord(`${out}/state.json`))}`);
  });
}
