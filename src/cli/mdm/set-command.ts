import { Command } from 'commander';
import type { WindowsSettingsChange } from '../../api/index.js';
import { examples } from '../help.js';
import { facts, print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { settingOf } from './setting.js';

/** `mock-smdp mdm set`. */
export function setCommand(): Command {
  const command = new Command('set')
    .description('Show or change settings of a virtual Windows PC.')
    .argument('<device>', 'name or EID of the PC')
    .argument('[setting=value...]', 'settings to change; docs/mdm.md lists all settings');
  examples(apiFlags(command), [
    ['show all settings', 'mdm set pc-01'],
    ['a PC without eSIM', 'mdm set pc-01 hasEuicc=false'],
    ['let the next download fail', 'mdm set pc-01 failNextWith=8'],
  ]);
  return command.action((device: string, settings: readonly string[], flags: ApiFlags) => {
    const windows = Object.fromEntries(settings.map(settingOf)) as WindowsSettingsChange;
    return callApi(
      flags,
      ({ management }) =>
        settings.length === 0 ? management.device(device) : management.change(device, { windows }),
      (view) => {
        const values = Object.entries(view.windows?.settings ?? {});
        facts(values.map(([name, value]) => [name, [value].flat().join(' ')])).forEach((line) => print(line));
      },
    );
  });
}
