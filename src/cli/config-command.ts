import { Command } from 'commander';
import { resolveConfig, settings, type SettingName } from '../server/index.js';

/** `mock-smdp config`: what is in force, and where each value came from. */
export function configCommand(): Command {
  return new Command('config')
    .description('Print the configuration in force and where each value comes from.')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => {
      const { config, sources } = resolveConfig(process.env);
      const rows = (Object.keys(settings) as SettingName[]).map((name) => {
        const setting = settings[name];
        const value = config[name];
        const isHidden = 'secret' in setting && value !== undefined;
        return {
          variable: setting.variable,
          value: isHidden ? '(set)' : (value ?? null),
          source: sources[name],
          meaning: setting.meaning,
        };
      });
      if (json) return console.log(JSON.stringify(rows, null, 2));
      for (const { variable, value, source, meaning } of rows) {
        console.log(
          `${variable.padEnd(22)} ${String(value ?? '-').padEnd(18)} ${source.padEnd(12)} ${meaning}`,
        );
      }
    });
}
