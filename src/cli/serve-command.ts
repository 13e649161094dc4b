import { Command, Option } from 'commander';
import {
  createLog,
  WorkerProcesses,
  flagOf,
  isWorker,
  refuseSingleProcessSettings,
  resolveConfig,
  runWorker,
  settings,
  startServer,
  type Setting,
  type SettingName,
} from '../server/index.js';
import { announce } from './announce.js';
import { ignoreBrokenOutput } from './broken-output.js';
import { examples } from './help.js';

/** `mock-smdp serve`: runs the server until Ctrl-C or SIGTERM. */
export function serveCommand(): Command {
  const command = new Command('serve').description(
    'Start the SM-DP+. It makes a test PKI and a database if they do not exist yet. Ctrl-C stops the server.',
  );
  settingFlags(command);
  examples(command, [
    ['with a demo profile, on https://localhost:8443', 'serve'],
    ['for devices on the network', 'serve --host 0.0.0.0 --address smdp.example.com:8443'],
    ['with four processes on one database', "serve --workers 4 --database 'postgres://smdp:secret@db/smdp'"],
    ['with your own certificates and a database in memory', 'serve --certs my-pki --database :memory:'],
  ]);
  return command.action((flags: Partial<Record<SettingName, string>>) => serve(flags));
}

/** Adds an option for each setting. @param leaveOut settings for which the command has its own options */
export function settingFlags(command: Command, leaveOut: readonly SettingName[] = []): void {
  // Keeps commander from adding (preset: "on") to the help on options that may stand without a value.
  command.configureHelp({ optionDescription: ({ description }) => description });

  for (const name of Object.keys(settings) as SettingName[]) {
    if (leaveOut.includes(name)) continue;
    const { meaning, fallback, variable, bare }: Omit<Setting<unknown>, 'parse' | 'shown'> = settings[name];
    const option = (value: string): Option =>
      new Option(
        `${flagOf(name)} ${value}`,
        `${meaning} (${variable}${fallback ? `, default ${fallback}` : ''})`,
      );
    command.addOption(bare === undefined ? option('<value>') : option('[value]').preset(bare));
  }
}

/** Runs a server until Ctrl-C or SIGTERM. @throws ConfigError */
export async function serve(flags: Partial<Record<SettingName, string>>): Promise<void> {
  const { config } = resolveConfig(process.env, flags);
  const log = createLog(config.logLevel);
  if (isWorker()) {
    ignoreBrokenOutput();
    return runWorker(config, log);
  }
  refuseSingleProcessSettings(config);
  const deviceServers = config.workers > 1 ? new WorkerProcesses(config, log) : undefined;
  const server = await startServer(config, log, { deviceServers });
  const stopped = signal();
  ignoreBrokenOutput();
  await announce(server, config);
  await stopped;
  await server.close();
}

/** Resolves at the first Ctrl-C or SIGTERM. A second signal kills the process. */
function signal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
