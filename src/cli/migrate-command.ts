import { Command } from 'commander';
import { resolveConfig } from '../server/index.js';
import { migrateDatabase, schemaStatus, type SchemaStatus } from '../store/index.js';
import { MisuseError } from './errors.js';
import { examples } from './help.js';
import { print, printJson } from './output.js';

interface Options {
  readonly database?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `mock-smdp migrate`: migrates a database to the schema version of this build. */
export function migrateCommand(): Command {
  const command = new Command('migrate')
    .description(
      'Migrate a database to the schema of this version, without starting a server. Creates missing tables. Several processes may run this command at the same time.',
    )
    .option('--database <file or url>', 'a SQLite file or postgres://… (default: SMDP_DATABASE)')
    .option('--dry-run', 'only say what the command would do')
    .option('--json', 'as JSON');
  examples(command, [
    ['before a new version is rolled out', "migrate --database 'postgres://smdp:secret@db/smdp'"],
    ['show what the command would do', 'migrate --dry-run'],
  ]);
  return command.action(async ({ database, dryRun = false, json }: Options) => {
    const { config } = resolveConfig(process.env, database === undefined ? {} : { database });
    if (config.database === ':memory:')
      throw new MisuseError('A database in memory has nothing to migrate; give a file or postgres://…');
    const status = await (dryRun ? schemaStatus : migrateDatabase)(config.database);
    if (json)
      printJson({
        database: status.description,
        from: status.version,
        to: status.current,
        change: changeOf(status),
        dryRun,
      });
    else print(inWords(status, dryRun));
  });
}

const changeOf = ({ version, current }: SchemaStatus): 'none' | 'created' | 'migrated' => {
  if (version === current) return 'none';
  return version === 0 ? 'created' : 'migrated';
};

function inWords(status: SchemaStatus, isDryRun: boolean): string {
  const { description, version, current } = status;
  switch (changeOf(status)) {
    case 'none':
      return `${description} already has schema version ${current}. Nothing to do.`;
    case 'created':
      return isDryRun
        ? `${description} has no tables. They would be created with schema version ${current}.`
        : `${description} had no tables. They were created with schema version ${current}.`;
    case 'migrated':
      return isDryRun
        ? `${description} has schema version ${version}. It would be migrated to version ${current}.`
        : `${description} was migrated from schema version ${version} to ${current}.`;
  }
}
