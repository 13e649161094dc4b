import type { FaultRule } from '../instruments/faults/index.js';
import { nearest } from '../base/did-you-mean.js';
import { ConfigError, resolveConfig, settings, type Config, type SettingName } from '../server/index.js';

/**
 * Settings of the server under the names that `docs/configuration.md` gives their flags (`sessionTimeout` for
 * `--session-timeout`), and what only a program can say. Environment variables are not read.
 *
 * Defaults differ from those of `serve`: free ports, a database in memory, a PKI of its own that is gone with the server,
 * nothing seeded, a silent log.
 */
export type MockSmdpOptions = {
  readonly [N in Exclude<keyof Config, 'faults'>]?: Config[N] | undefined;
} & {
  /** Fault rules to begin with; `reset` brings them back. */
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

/** @throws ConfigError for what is no option, and what may have been meant */
function known(name: string): string {
  if (Object.hasOwn(settings, name)) return name;
  const variable = Object.values(settings).find((setting) => setting.variable === name);
  const meant = variable
    ? Object.keys(settings).find((each) => settings[each as SettingName] === variable)
    : nearest(name, Object.keys(settings));
  throw new ConfigError(
    `${name} is no option of startMockSmdp${meant ? `; did you mean ${meant}?` : '. docs/configuration.md has them all: sessionTimeout for --session-timeout.'}`,
  );
}
