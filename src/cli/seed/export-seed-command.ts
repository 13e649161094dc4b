import { Command } from 'commander';
import { examples } from '../help.js';
import { fileToWrite } from '../files.js';
import { print, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { writeOnce } from '../write-once.js';

interface ExportFlags extends ApiFlags {
  readonly secrets?: boolean;
  readonly out?: string;
}

/** `mock-smdp export-seed`: the present state of a server as a seed. */
export function exportSeedCommand(): Command {
  const command = new Command('export-seed')
    .description(
      'Write the present state of a running server as a seed in YAML. On an empty server, the seed restores this state.\n' +
        'A seed has no sessions, one-time keys, notifications, histories, virtual devices, or waiting messages to operators and webhooks.',
    )
    .option(
      '--secrets',
      'include keys (K, OPc, packages), hashes of confirmation codes, and secrets of webhooks',
    )
    .option('--out <file>', 'file to write (default: standard output)', fileToWrite);
  examples(apiFlags(command), [
    ["keep Tuesday's state", 'export-seed --secrets --out tuesday.yaml'],
    ['start a server with it', 'serve --database :memory: --seed ./tuesday.yaml'],
  ]);
  return command.action((flags: ExportFlags) =>
    callApi(
      flags,
      ({ seeds }) => seeds.export({ secrets: flags.secrets }),
      (seed) => {
        if (flags.out === undefined) return print(seed.trimEnd());
        writeOnce(flags.out, seed, 0o600);
        return printStatus(`Written to ${flags.out}.`);
      },
    ),
  );
}
