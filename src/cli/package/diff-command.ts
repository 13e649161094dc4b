import { Command } from 'commander';
import { diffPackages, inspectPackage, viewPackage, type PackageView } from '../../profiles/index.js';
import { CliError } from '../errors.js';
import { fileToRead } from '../files.js';
import { examples } from '../help.js';
import { print, printJson } from '../output.js';
import { notPackage, readPackage } from './read-package.js';

interface DiffFlags {
  readonly secrets?: boolean;
  readonly json?: boolean;
}

/** `mock-smdp package diff`. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Compare the content of two packages, element by element. Exits with 1 if they differ.')
    .argument('<first>', 'the package in DER, hex or base64', fileToRead)
    .argument('<second>', 'the other package', fileToRead)
    .option(
      '--secrets',
      'show the values of keys and codes; without this option, the command compares them without showing them',
    )
    .option('--json', 'as JSON');
  examples(command, [['what a new release of a profile changes', 'package diff v1.der v2.der']]);
  return command.action((first: string, second: string, { secrets = false, json }: DiffFlags) => {
    const differences = diffPackages(viewOf(first), viewOf(second)).map((difference) =>
      secrets || !isSecret(difference.path) ? difference : masked(difference),
    );
    if (json) printJson(differences);
    for (const { path, before, after } of json ? [] : differences) {
      print(path);
      if (before !== undefined) print(`  - ${before}`);
      if (after !== undefined) print(`  + ${after}`);
    }
    if (differences.length > 0)
      throw new CliError(
        `The packages differ in ${differences.length} ${differences.length === 1 ? 'place' : 'places'}.`,
      );
  });
}

function viewOf(file: string): PackageView {
  const view = viewPackage(inspectPackage(readPackage(file)), true);
  if (view.problem !== undefined) throw notPackage(file, view.problem);
  return view;
}

const isSecret = (path: string): boolean => /\/(?:key|opc|pins|puks)(?:#|$)/.test(path);

const masked = ({
  path,
  before,
  after,
}: {
  path: string;
  before?: string | undefined;
  after?: string | undefined;
}) => ({
  path,
  before: before === undefined ? undefined : 'hidden',
  after: after === undefined ? undefined : 'hidden, another value',
});
