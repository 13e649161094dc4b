import { nearest } from '../base/did-you-mean.js';
import { ConfigError, flagOf, settings, type Setting, type SettingName } from './settings.js';

type Value<S> = S extends Setting<infer T> ? T : never;
type Optional = 'address' | 'dsAddress' | 'dsRoot' | 'adminToken' | 'keylog' | 'faults' | 'randomSeed';

/** The configuration in force. An absent setting follows from the others, or is off. */
export type Config = {
  readonly [N in Exclude<SettingName, Optional>]: Value<(typeof settings)[N]>;
} & { readonly [N in Optional]?: Value<(typeof settings)[N]> | undefined };

/** Where a value came from. */
export type SettingSource = 'default' | 'environment' | 'flag';

export interface ResolvedConfig {
  readonly config: Config;
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
}

/**
 * Resolves the configuration: flags before environment before defaults.
 *
 * @param flags texts of the flags that were given
 * @param named the name of a setting for the person who has given it, for messages
 * @throws ConfigError for an unknown or malformed setting
 */
export function resolveConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Partial<Record<SettingName, string>> = {},
  named: (name: SettingName) => string = flagOf,
): ResolvedConfig {
  refuseUnknown(environment);
  const config: Record<string, unknown> = {};
  const sources = {} as Record<SettingName, SettingSource>;
  for (const name of Object.keys(settings) as SettingName[]) {
    const setting = settings[name] as Setting<unknown>;
    const fromEnvironment = environment[setting.variable] || undefined;
    const [text, source] =
      flags[name] !== undefined
        ? [flags[name], 'flag' as const]
        : fromEnvironment !== undefined
          ? [fromEnvironment, 'environment' as const]
          : [setting.fallback, 'default' as const];
    sources[name] = source;
    if (text === undefined) continue;
    const value = setting.parse(text);
    if (value === undefined) {
      const given = source === 'flag' ? named(name) : setting.variable;
      const problem = setting.problem?.(text);
      throw new ConfigError(
        problem
          ? `${given} is '${text}', which ${problem.message}; ${problem.remedy}.`
          : `${given} is '${setting.secret ? '…' : text}', but has to be ${setting.form}.`,
      );
    }
    config[name] = value;
  }
  return { config: config as Config, sources };
}

/** Settings of the project's own test suite, which starts servers in its environment. */
const isForTests = (variable: string): boolean => variable.startsWith('SMDP_TEST_');

function refuseUnknown(environment: Readonly<Record<string, string | undefined>>): void {
  const known = Object.values(settings).map(({ variable }) => variable);
  for (const variable of Object.keys(environment)) {
    if (!variable.startsWith('SMDP_') || known.includes(variable) || isForTests(variable)) continue;
    const meant = nearest(variable, known);
    throw new ConfigError(
      `${variable} is not a setting${meant ? `; did you mean ${meant}?` : `. 'mock-smdp config' lists them all.`}`,
    );
  }
}
