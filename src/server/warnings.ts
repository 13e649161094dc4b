import type { Config } from './config.js';
import { isLoopback } from './guard.js';

/**
 * One sentence for each thing in force that must not guard anything real.
 *
 * @param demandsToken whether the operator-facing listener wants a bearer token
 */
export function unsafeDefaults(config: Config, demandsToken: boolean): string[] {
  const { tls, host, adminHost, database, conduct, faults, keylog, randomSeed } = config;
  const warnings: readonly (readonly [isInForce: boolean, text: string])[] = [
    [true, 'This is a mock SM-DP+, for tests only: its keys are test keys and protect nothing.'],
    [!demandsToken, 'The operator-facing listener demands no token: it serves all programs of this machine.'],
    [
      !isLoopback(adminHost),
      `The operator-facing listener is open to the network on ${adminHost}, in plain HTTP: its bearer token can be overheard.`,
    ],
    [tls === 'off', 'TLS is off: devices are served in clear, so put a TLS terminator in front.'],
    [!isLoopback(host), `The device-facing listener is open to the network on ${host}.`],
    [database === ':memory:', 'The database is in memory: it is gone when the server stops.'],
    [
      randomSeed !== undefined,
      'Randomness is seeded: whoever knows SMDP_RANDOM_SEED knows every challenge and one-time key.',
    ],
    [conduct === 'hostile', 'The conduct is hostile: answers are made to be hard to read.'],
    [faults !== undefined, `Fault rules are active: ${faults}.`],
    [keylog !== undefined, `TLS keys are written to ${keylog}: whoever has it can read all that is sent.`],
  ];
  return warnings.filter(([isInForce]) => isInForce).map(([, text]) => text);
}
