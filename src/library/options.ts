import type { FaultRule } from '../instruments/faults/index.js';
import { nearest } from '../base/did-you-mean.js';
import { ConfigError, resolveConfig, settings, type Config, type SettingName } from '../server/index.js';

/**
 * Settings of the server, named after the flags in `docs/configuration.md` (`sessionTimeout` for `--session-timeout`),
 * and fault rules as objects. The server ignores environment variables.
 *
 * Defaults differ from those of `serve`: free ports, a database in memory, a temporary PKI, no seed, no log.
 */
export type MockSmdpOptions = {
  readonly [N in Exclude<keyof Config, 'faults' | 'workers'>]?: Config[N] | undefined;
} & {
  /** Fault rules with which the server starts. `reset` restores them. */
  readonly faults?: readonly FaultRule[] | undefined;
};

const defaults: MockSmdpOptions = {
  port: 0,
  adminPort: 0,
  database: ':memory:',
  seed: 'none',
  logLevel: 'silent',
};

/** @throws ConfigError for a malformed or unknown option */
export function configOf(options: MockSmdpOptions, certs: string): Config {
  const given = Object.entries({ ...defaults, ...withoutUndefined(options), certs });
  const texts = given
    .filter(([name]) => name !== 'faults')
    .map(([name, value]): [string, string] => [known(name), `${value as string | number}`])
    .filter(([, text]) => text !== '');
  return resolveConfig({}, Object.fromEntries(texts), (name) => `the option ${name}`).config;
}

const withoutUndefined = (options: MockSmdpOptions): MockSmdpOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** @throws ConfigError for an unknown option; the message suggests a similar option */
function known(name: string): string {
  if (Object.hasOwn(settings, name) && name !== 'workers') return name;
  const variable = Object.values(settings).find((setting) => setting.variable === name);
  const meant = variable
    ? Object.keys(settings).find((each) => settings[each as SettingName] === variable)
    : nearest(name, Object.keys(settings));
  throw new ConfigError(
    `${name} is not an option of startMockSmdp${meant ? `; did you mean ${meant}?` : '. docs/configuration.md lists all options: write sessionTimeout for --session-timeout.'}`,
  );
}
