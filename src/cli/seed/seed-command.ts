import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { SeedView } from '../../api/index.js';
import {
  filesOf,
  readSeedSource,
  shippedSeeds,
  UnknownSeedError,
  type SeedSource,
} from '../../server/index.js';
import { CliError, MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { ApiProblem, callApi } from '../server-calls.js';
import { entriesIn } from './entries.js';

interface SeedFlags extends ApiFlags {
  readonly dryRun?: boolean;
}

/** `mock-smdp seed`: applies a seed to a running server. */
export function seedCommand(): Command {
  const command = new Command('seed')
    .description(
      'Apply a seed to a running server. A seed describes profile types, operators, orders, pools, fault rules, webhooks and more.\n' +
        'The server applies everything or nothing. If the seed is applied again, nothing is added twice.',
    )
    .argument('<seed>', 'a file in YAML or JSON, - for standard input, or the name of a shipped seed')
    .option('--dry-run', 'only check the seed');
  command.addHelpText('after', () => `\nShipped seeds: ${shippedSeeds().join(', ')}`);
  examples(apiFlags(command), [
    ['apply a file', 'seed lab.yaml'],
    ['apply a shipped seed', 'seed failing-fleet'],
    ['start a server with it', 'serve --seed ./lab.yaml'],
    ['see what it would do', 'seed lab.yaml --dry-run'],
  ]);
  return command.action(async (named: string, flags: SeedFlags) => {
    const { name, text, files } = sourceOf(named);
    const encoded = Object.fromEntries([...files].map(([path, octets]) => [path, octets.toString('base64')]));
    try {
      await callApi(
        flags,
        ({ seeds }) => seeds.apply({ name, text, files: encoded }, { dryRun: flags.dryRun }),
        show,
      );
    } catch (error) {
      throw error instanceof ApiProblem && error.status === 422 ? new CliError(detailOf(error)) : error;
    }
  });
}

/** @throws MisuseError if the seed does not exist or cannot be read */
function sourceOf(named: string): SeedSource {
  if (named === '-') {
    const text = readFileSync(process.stdin.fd, 'utf8');
    return { name: 'standard input', text, files: filesOf(text, '.') };
  }
  try {
    return readSeedSource(named);
  } catch (error) {
    if (error instanceof UnknownSeedError) throw new MisuseError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new MisuseError(whyUnreadable(named, code));
  }
}

function whyUnreadable(path: string, code: string): string {
  if (code === 'ENOENT') return `there is no file ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder; give a seed file.`;
  return `${path} cannot be read (${code}).`;
}

const detailOf = ({ body }: ApiProblem): string => (JSON.parse(body) as { readonly detail: string }).detail;

function show({ name, dryRun, items, warnings }: SeedView): void {
  const title = printable(name);
  for (const { line, column, field, message } of warnings)
    printStatus(`Warning: line ${line}, column ${column}: ${printable(`${field}: ${message}`)}`);
  const groups = [
    [dryRun ? 'to be added' : 'added', 'added'],
    [dryRun ? 'to be changed' : 'changed', 'changed'],
    ['there already', 'present'],
  ] as const;
  for (const [words, outcome] of groups) {
    const some = items.filter((item) => item.outcome === outcome);
    if (some.length > 0) print(`${title}: ${words}: ${entriesIn({ items: some })}`);
  }
  if (items.length === 0) print(`${title}: the seed is empty.`);
  if (dryRun) printStatus('This was a dry run: nothing was changed.');
}
