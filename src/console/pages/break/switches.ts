import type { FaultRule } from '../../../api/index.js';

/** Faults that can be switched on for all devices. Their descriptions are in `texts/`, under the same names. */
export const switches = {
  slow: { delay: 5_000 },
  busy: { interface: 'ES9+', httpStatus: 503 },
  flaky: { interface: 'ES9+', probability: 0.5, httpStatus: 500 },
  unknownCode: { function: 'authenticateClient', refuse: '8.2.6/3.8' },
  expiredOrder: { function: 'authenticateClient', refuse: '8.8.5/4.10' },
  wrongConfirmationCode: { function: 'getBoundProfilePackage', refuse: '8.2.7/3.8' },
  cutPackage: { function: 'getBoundProfilePackage', cut: 'reset', cutAfter: 2_000 },
  lostAnswer: { function: 'getBoundProfilePackage', when: 'after', cut: 'close' },
  lostNotification: { function: 'handleNotification', httpStatus: 500 },
  expiredTls: { tls: 'expired' },
  foreignTls: { tls: 'foreignCi' },
} as const satisfies Record<string, FaultRule>;

export type SwitchName = keyof typeof switches;

/** The name of the rule that a switch adds. The page recognises the rule by this name. */
export const ruleName = (name: SwitchName): string => `console: ${name}`;
