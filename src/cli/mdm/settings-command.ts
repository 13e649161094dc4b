import { Command } from 'commander';
import type { Calls } from '../../library/calls.js';
import { MisuseError } from '../errors.js';
import { facts, print, type Cell } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** The settings of the devices of one platform. */
export interface SettingCalls {
  settings(device: string): Promise<object>;
  changeSettings(device: string, change: object): Promise<object>;
}

/**
 * The command `settings` of a platform. It changes the given settings and shows all settings. @param properties members
 * of the schema
 */
export const settingsCommand = (properties: object, callsOf: (calls: Calls) => SettingCalls): Command =>
  apiFlags(
    new Command('settings')
      .description('Change the given settings of a device, then show all its settings.')
      .argument('<device>', 'name or EID of the device')
      .argument('[changes...]', 'name=value'),
  )
    .addHelpText('after', () => `\nSettings:\n${helpOn(properties).join('\n')}`)
    .action((device: string, changes: readonly string[], flags: ApiFlags) => {
      const change = Object.fromEntries(changes.map(changeIn));
      return callApi(
        flags,
        (calls) =>
          changes.length > 0
            ? callsOf(calls).changeSettings(device, change)
            : callsOf(calls).settings(device),
        (settings) => facts(Object.entries(settings) as [string, Cell][]).forEach((line) => print(line)),
      );
    });

const helpOn = (properties: object): string[] =>
  facts(
    Object.entries(properties as Record<string, { readonly description?: string }>).map(
      ([name, { description = '' }]) => [name, description] as const,
    ),
  );

/** @throws MisuseError unless the text has the form `name=value` */
function changeIn(text: string): [string, string | number | boolean] {
  const at = text.indexOf('=');
  if (at < 1) throw new MisuseError(`'${text}' is not name=value. Write for example delaySeconds=5.`);
  return [text.slice(0, at), valueIn(text.slice(at + 1))];
}

/** Reads true, false and numbers. A version such as 13.0 stays text. */
function valueIn(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
