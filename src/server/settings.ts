import { addressProblem, type AddressProblem } from '../base/address.js';
import { tokenForm } from './admin-token.js';
import { defaultMaxLines } from '../manifests/index.js';
import { noOrderStatuses } from '../orders/index.js';
import { withoutPassword } from '../store/index.js';
import {
  address,
  baseUrl,
  bindHost,
  namedAddress,
  networks,
  oneOf,
  port,
  positive,
  text,
  upTo,
  workers,
} from './setting-values.js';

/** Malformed configuration; the message is a sentence for the person who started the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** One setting: an environment variable and the same-named flag of `serve`. */
export interface Setting<T> {
  readonly variable: string;
  /** `undefined` if the value follows from other settings. */
  readonly fallback: string | undefined;
  readonly meaning: string;
  /** Describes a valid value, for error messages and help. */
  readonly form: string;
  /** `undefined` if the text is not a value of this setting. */
  readonly parse: (text: string) => T | undefined;
  /** Says what is wrong with a text. Absent: error messages give only `form`. */
  readonly problem?: (text: string) => AddressProblem | undefined;
  /** Value of the setting if its flag stands alone, such as `--public`. Absent: the flag needs a value. */
  readonly bare?: string;
  /** Whether `mock-smdp config` hides the value. */
  readonly secret?: boolean;
  /** Turns the value into a form that may be shown. Default: the value itself. */
  readonly shown?: (value: T) => string;
}

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

/** All settings. */
export const settings = {
  host: setting({
    variable: 'SMDP_HOST',
    fallback: 'localhost',
    meaning: 'address that the device-facing listener binds to',
    form: 'a host name or an IP address',
    parse: bindHost,
  }),
  port: setting({
    variable: 'SMDP_PORT',
    fallback: '8443',
    meaning: 'port of the device-facing listener; 0 picks a free port',
    form: 'a number from 0 to 65535',
    parse: port,
  }),
  tls: setting({
    variable: 'SMDP_TLS',
    fallback: 'on',
    meaning: '`off` serves plain HTTP on the device-facing listener, for use behind a TLS terminator',
    form: '`on` or `off`',
    parse: oneOf('on', 'off'),
  }),
  address: setting({
    variable: 'SMDP_ADDRESS',
    fallback: undefined,
    meaning:
      'the SM-DP+ address that devices use; activation codes, the TLS certificate and serverSigned1 contain it; if not set, the server derives it from host and port',
    form: 'a host name, with `:port` unless the port is 443, without `https://`',
    parse: address,
    problem: addressProblem,
  }),
  dsAddress: setting({
    variable: 'SMDP_DS_ADDRESS',
    fallback: undefined,
    meaning:
      'the address of the SM-DS role, with a different host name from the SM-DP+; if not set, the role is off',
    form: 'a host name, with `:port` unless the port is 443, without `https://`',
    parse: namedAddress,
    problem: addressProblem,
  }),
  dsRoot: setting({
    variable: 'SMDP_DS_ROOT',
    fallback: undefined,
    meaning:
      'the address of the root SM-DS; if set, this server is an alternative SM-DS, and registers events at the root SM-DS if the SM-DP+ demands it',
    form: 'a host name, with `:port` unless the port is 443, without `https://`',
    parse: namedAddress,
    problem: addressProblem,
  }),
  adminHost: setting({
    variable: 'SMDP_ADMIN_HOST',
    fallback: 'localhost',
    meaning:
      'address that the operator-facing listener binds to; if it is not loopback, calls need a bearer token',
    form: 'a host name or an IP address',
    parse: bindHost,
  }),
  adminPort: setting({
    variable: 'SMDP_ADMIN_PORT',
    fallback: '8080',
    meaning: 'port of the operator-facing listener; 0 picks a free port',
    form: 'a number from 0 to 65535',
    parse: port,
  }),
  adminToken: setting({
    variable: 'SMDP_ADMIN_TOKEN',
    fallback: undefined,
    meaning:
      'bearer token of the operator-facing listener; if calls need a token and none is set, the server makes a token',
    form: 'at least 16 characters, without white space',
    parse: text(tokenForm),
    secret: true,
  }),
  certs: setting({
    variable: 'SMDP_CERTS',
    fallback: 'certs',
    meaning: 'PKI folder, with SGP.26 file names; the server makes a test PKI in an empty folder',
    form: 'a path',
    parse: text(/\S/),
  }),
  database: setting({
    variable: 'SMDP_DATABASE',
    fallback: 'data/smdp.db',
    meaning: 'where the server stores its data: in a SQLite file, in memory, or in PostgreSQL',
    form: 'a path, `:memory:` or `postgres://user:password@host:5432/database`',
    parse: text(/\S/),
    shown: withoutPassword,
  }),
  workers: setting({
    variable: 'SMDP_WORKERS',
    fallback: '1',
    meaning:
      'number of processes that serve devices; if it is more than 1, another process serves the operator-facing listener, and on SQLite that listener refuses calls about fault rules, clock and journal',
    form: 'a number from 1 to 64',
    parse: workers,
  }),
  seed: setting({
    variable: 'SMDP_SEED',
    fallback: 'demo',
    meaning:
      'the first content of an empty database; the shipped seed `demo` has one profile with an activation code',
    form: '`none`, the name of a shipped seed, or the path of a seed or an EID manifest, for instance `./lab.yaml` or `./eids.csv`',
    parse: text(/^[a-z0-9][a-z0-9-]*$|[./\\]/),
  }),
  manifestLines: setting({
    variable: 'SMDP_MANIFEST_LINES',
    fallback: String(defaultMaxLines),
    meaning: 'maximum number of lines in an EID manifest',
    form: 'a number of lines',
    parse: positive,
  }),
  sessionTimeout: setting({
    variable: 'SMDP_SESSION_TIMEOUT',
    fallback: '600',
    meaning: 'seconds that a device may take from initiateAuthentication to getBoundProfilePackage',
    form: 'a number of seconds',
    parse: positive,
  }),
  noOrderStatus: setting({
    variable: 'SMDP_NO_ORDER_STATUS',
    fallback: '8.1.1/3.8',
    meaning:
      'status code for a device that sends no MatchingID if no order waits for its EID; some devices stop polling when they receive 8.1.1/3.8, others when they receive 8.2.6/3.8',
    form: '`8.1.1/3.8` or `8.2.6/3.8`',
    parse: oneOf(...noOrderStatuses),
  }),
  conduct: setting({
    variable: 'SMDP_CONDUCT',
    fallback: 'polite',
    meaning:
      'how the server treats all clients: `strict` reports every deviation from SGP.22 that it accepts, `hostile` uses every freedom that SGP.22 gives a server',
    form: '`polite`, `strict` or `hostile`',
    parse: oneOf('polite', 'strict', 'hostile'),
  }),
  faults: setting({
    variable: 'SMDP_FAULTS',
    fallback: undefined,
    meaning: 'a JSON file with a list of fault rules that the server starts with',
    form: 'a path',
    parse: text(/\S/),
  }),
  proxy: setting({
    variable: 'SMDP_PROXY',
    fallback: undefined,
    meaning:
      'base URL of another SM-DP+; the server passes all requests of devices on to it; if not set, the server itself answers',
    form: 'a URL such as https://their.smdp.example',
    parse: baseUrl,
  }),
  proxyCa: setting({
    variable: 'SMDP_PROXY_CA',
    fallback: undefined,
    meaning:
      'a file with CA certificates in PEM or DER that verify the TLS certificate of the other SM-DP+; if not set, the CIs of the PKI folder and the roots of the system verify it',
    form: 'a path',
    parse: text(/\S/),
  }),
  proxyInsecure: setting({
    variable: 'SMDP_PROXY_INSECURE',
    fallback: 'off',
    meaning: '`on` accepts any TLS certificate of the other SM-DP+',
    form: '`on` or `off`',
    bare: 'on',
    parse: oneOf('on', 'off'),
  }),
  proxyConnect: setting({
    variable: 'SMDP_PROXY_CONNECT',
    fallback: undefined,
    meaning:
      'the host and port of the other SM-DP+, if its URL cannot be used to connect, for example because the host name in it resolves to this server',
    form: 'a host name or an IP address, with `:port` unless the URL has the same port',
    parse: address,
    problem: addressProblem,
  }),
  public: setting({
    variable: 'SMDP_PUBLIC',
    fallback: 'off',
    meaning:
      '`on` makes a public test server: the operator-facing listener serves only a page on which visitors get codes, with limits and quotas',
    form: '`on` or `off`',
    bare: 'on',
    parse: oneOf('on', 'off'),
  }),
  publicExpiry: setting({
    variable: 'SMDP_PUBLIC_EXPIRY',
    fallback: '24',
    meaning: 'hours after which a public server removes a profile and everything about it',
    form: 'a number of hours',
    parse: positive,
  }),
  publicProxies: setting({
    variable: 'SMDP_PUBLIC_PROXIES',
    fallback: undefined,
    meaning:
      "comma-separated addresses or networks of proxies in front of a public server; if a request comes from such a proxy, the server takes the visitor's address from X-Forwarded-For",
    form: 'IP addresses or networks, such as `127.0.0.1,10.0.0.0/8`',
    parse: networks,
  }),
  controlPort: setting({
    variable: 'SMDP_CONTROL_PORT',
    fallback: undefined,
    meaning:
      'port on the loopback interface at which a public server serves console and control API; if not set, it serves neither',
    form: 'a number from 0 to 65535',
    parse: port,
  }),
  journal: setting({
    variable: 'SMDP_JOURNAL',
    fallback: '10000',
    meaning: 'maximum number of requests and profile transitions in the journal; 0: no journal',
    form: 'a number from 0 to 1000000',
    parse: upTo(1_000_000),
  }),
  randomSeed: setting({
    variable: 'SMDP_RANDOM_SEED',
    fallback: undefined,
    meaning:
      'seed of the random numbers; with the same seed, the server makes the same challenges, TransactionIDs, one-time keys and MatchingIDs in the same order; for tests only',
    form: 'a text',
    parse: text(/^.{1,255}$/),
  }),
  keylog: setting({
    variable: 'SMDP_KEYLOG',
    fallback: undefined,
    meaning:
      'a file to which the server appends the keys of every TLS connection of the device-facing listener, for Wireshark; anyone who has the file can decrypt these connections',
    form: 'a path',
    parse: text(/\S/),
  }),
  logLevel: setting({
    variable: 'SMDP_LOG_LEVEL',
    fallback: 'info',
    meaning:
      'the server logs messages of this level and above: on a terminal as short text, otherwise as JSON',
    form: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
} as const;

export type SettingName = keyof typeof settings;

/** The flag of `serve` for a setting: `--admin-port`. */
export const flagOf = (name: SettingName): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Both names of a setting, for messages: `--admin-port (SMDP_ADMIN_PORT)`. */
export const namesOf = (name: SettingName): string => `${flagOf(name)} (${settings[name].variable})`;
