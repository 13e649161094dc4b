import { Command } from 'commander';
import { CliError } from '../errors.js';
import { fileToWrite, writePrivately } from '../files.js';
import { examples } from '../help.js';
import { number, printStatus } from '../output.js';
import { withServer } from '../server-calls.js';
import { binaryChoiceFlags, type ApiFlags } from './api-flags.js';

interface PackageFlags extends Omit<ApiFlags, 'json'> {
  readonly matchingId?: string;
  readonly output?: string;
}

/** `mock-smdp profile package`. */
export function packageCommand(): Command {
  const command = binaryChoiceFlags(new Command('package'))
    .description('Get the unprotected package of a profile in DER. It contains the keys of the profile.')
    .argument('<iccid>', 'ICCID, or the number of the profile as id:12')
    .option('-o, --output <file>', 'file to write (default: standard output)', fileToWrite);
  examples(command, [
    ['write it to a file', 'profile package 8900101000000000019 --output profile.der'],
    ['see what is in it', 'profile package 8900101000000000019 | mock-smdp package show -'],
  ]);
  return command.action(async (iccid: string, { matchingId, output, ...flags }: PackageFlags) => {
    if (output === undefined && process.stdout.isTTY)
      throw new CliError('A package is binary. Name a file with --output, or redirect standard output.');
    const octets = await withServer(flags, ({ calls }) => calls.profiles.package(iccid, { matchingId }));
    if (output === undefined) process.stdout.write(octets);
    else {
      writePrivately(output, octets);
      printStatus(`${output}: ${number(octets.length)} octets. It contains the keys of the profile.`);
    }
  });
}
