import type { ForwardRoutes } from '../instruments/forwarding/index.js';
import type { SettableClock } from '../base/settable-clock.js';
import type { ConductSwitch, FaultRules } from '../instruments/faults/index.js';
import type { Config } from './config.js';
import { isLoopback } from './foreign-request.js';

type Warnings = readonly (readonly [isInForce: boolean, text: string])[];

/**
 * One sentence for each unsafe setting that is active.
 *
 * @param demandsToken whether the operator-facing listener requires a bearer token
 */
export function unsafeDefaults(config: Omit<Config, 'adminPort'>, demandsToken: boolean): string[] {
  const {
    address,
    tls,
    host,
    port,
    adminHost,
    database,
    keylog,
    randomSeed,
    journal,
    public: isPublic,
  } = config;
  return inForce([
    [true, 'This is a mock SM-DP+, for tests only: its keys are test keys and protect nothing.'],
    [
      !demandsToken,
      `The ${isPublic === 'on' ? 'control API' : 'operator-facing listener'} requires no token: every program on this machine can use it.`,
    ],
    [
      !isLoopback(adminHost),
      `The operator-facing listener is open to the network on ${adminHost}, in plain HTTP: others can read the bearer token from the network.`,
    ],
    [
      !isLoopback(adminHost) && journal > 0,
      'Anyone who has the bearer token can read one-time keys and session keys from the journal. Set SMDP_JOURNAL=0 to turn the journal off.',
    ],
    [
      tls === 'off',
      'TLS is off: the device-facing listener serves plain HTTP, so put a TLS terminator in front of it.',
    ],
    [
      tls === 'on' && address !== undefined && !/:\d+$/.test(address) && port !== 443 && port !== 0,
      `Devices connect to ${address} on port 443, but this server listens on ${port}: forward the port, or write SMDP_ADDRESS=${address}:${port}.`,
    ],
    [!isLoopback(host), `The device-facing listener is open to the network on ${host}.`],
    [database === ':memory:', 'The database is in memory: its data is lost when the server stops.'],
    [
      randomSeed !== undefined,
      'Randomness is seeded: anyone who knows SMDP_RANDOM_SEED can compute every challenge and one-time key.',
    ],
    [
      keylog !== undefined,
      `TLS keys are written to ${keylog}: anyone who has this file can decrypt the connections.`,
    ],
  ]);
}

/** One sentence for each change by a tester that is active now. */
export function setByTesters(
  clock: SettableClock,
  faults: FaultRules,
  conduct: Pick<ConductSwitch, 'current'>,
): string[] {
  const active = faults.all.filter(({ isSpent }) => !isSpent);
  const now = clock.now().toISOString();
  const isMoved = Math.abs(clock.ahead) >= 1000;
  return inForce([
    [clock.isFrozen, `The clock is frozen at ${now}: nothing expires.`],
    [!clock.isFrozen && isMoved, `The clock was set to another time, and shows ${now}.`],
    [conduct.current === 'hostile', 'The conduct is hostile: answers are deliberately hard to parse.'],
    [active.length > 0, `Fault rules are active: ${listOf(active.map(({ by }) => by))}.`],
  ]);
}

/** One sentence about requests that other servers answer. */
export function foreignAnswers({ all }: Pick<ForwardRoutes, 'all'>): string[] {
  const servers = [...new Set(all.flatMap(({ rule }) => (rule.to === null ? [] : [rule.to])))];
  const trusting = all.some(({ rule }) => rule.insecure === true);
  return inForce([
    [servers.length > 0, `Requests of devices are passed on to ${listOf(servers)}.`],
    [trusting, 'Any TLS certificate of another SM-DP+ is accepted: the connection may lead to anyone.'],
  ]);
}

const inForce = (warnings: Warnings): string[] =>
  warnings.filter(([isInForce]) => isInForce).map(([, text]) => text);

/** Up to five names, and the number of the others. */
function listOf(names: readonly string[]): string {
  const some = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${some} and ${names.length - 5} more` : some;
}
