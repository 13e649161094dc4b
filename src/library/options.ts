import type { FaultRule } from '../faults/index.js';
import { resolveConfig, settings, type Config, type SettingName } from '../server/index.js';

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
    .map(([name, value]): [string, string] => [variableOf(name), `${value as string | number}`]);
  return resolveConfig(Object.fromEntries(texts)).config;
}

const withoutUndefined = (options: MockSmdpOptions): MockSmdpOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** What is no option is left to be refused together with unknown settings. */
const variableOf = (name: string): string =>
  Object.hasOwn(settings, name) ? settings[name as SettingName].variable : `SMDP_${name}`;
