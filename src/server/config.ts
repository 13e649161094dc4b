import { nearest } from '../base/did-you-mean.js';
import { ConfigError, flagOf, settings, type Setting, type SettingName } from './settings.js';

type Value<S> = S extends Setting<infer T> ? T : never;
type Optional =
  | 'address'
  | 'dsAddress'
  | 'dsRoot'
  | 'adminToken'
  | 'keylog'
  | 'faults'
  | 'randomSeed'
  | 'proxy'
  | 'proxyCa'
  | 'proxyConnect'
  | 'publicProxies'
  | 'controlPort';

/** The resolved configuration. An absent setting follows from other settings, or its feature is off. */
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
 * Resolves the configuration. Flags take precedence over the environment, and the environment over the defaults.
 *
 * @param flags texts of the given flags
 * @param named returns the name of a setting in error messages
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
          : `${given} is '${setting.secret ? '…' : text}', but must be ${setting.form}.`,
      );
    }
    config[name] = value;
  }
  return { config: config as Config, sources };
}

/**
 * Whether a variable is a setting of the project's own test suite. Servers that the suite starts inherit these
 * variables.
 */
const isForTests = (variable: string): boolean => variable.startsWith('SMDP_TEST_');

function refuseUnknown(environment: Readonly<Record<string, string | undefined>>): void {
  const known = Object.values(settings).map(({ variable }) => variable);
  for (const variable of Object.keys(environment)) {
    if (!variable.startsWith('SMDP_') || known.includes(variable) || isForTests(variable)) continue;
    const meant = nearest(variable, known);
    throw new ConfigError(
      `${variable} is not a setting${meant ? `; did you mean ${meant}?` : `. 'mock-smdp config' lists all settings.`}`,
    );
  }
}
