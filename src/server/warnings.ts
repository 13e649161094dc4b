import type { Config } from './config.js';
import { isLoopback } from './guard.js';

/** One sentence for each setting in force that must not guard anything real. */
export function unsafeDefaults({ tls, host, database, conduct, faults }: Config): string[] {
  return [
    ...(tls === 'off' ? ['TLS is off: devices are served in clear, so put a TLS terminator in front.'] : []),
    ...(isLoopback(host) ? [] : [`The device-facing listener is open to the network on ${host}.`]),
    ...(database === ':memory:' ? ['The database is in memory: it is gone when the server stops.'] : []),
    ...(conduct === 'hostile' ? ['The conduct is hostile: answers are made to be hard to read.'] : []),
    ...(faults === undefined ? [] : [`Fault rules are active: ${faults}.`]),
  ];
}
