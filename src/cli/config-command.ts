import { Command } from 'commander';
import { resolveConfig, settings, type SettingName } from '../server/index.js';
import { print, printJson, table } from './output.js';

/** `mock-smdp config`: prints the resolved configuration and the source of each value. */
export function configCommand(): Command {
  return new Command('config')
    .description('Print every setting with its value and the source of the value.')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => {
      const { config, sources } = resolveConfig(process.env);
      const rows = (Object.keys(settings) as SettingName[]).map((name) => {
        const setting = settings[name];
        const value = config[name];
        const isHidden = 'secret' in setting && value !== undefined;
        const shown = name === 'database' ? settings.database.shown?.(config.database) : value;
        return {
          variable: setting.variable,
          value: isHidden ? '(set)' : (shown ?? null),
          source: sources[name],
          meaning: setting.meaning,
        };
      });
      if (json) return printJson(rows);
      const cells = rows.map(({ variable, value, source, meaning }) => [variable, value, source, meaning]);
      for (const line of table(['variable', 'value', 'from', 'meaning'], cells)) print(line);
    });
}
