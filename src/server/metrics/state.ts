import type { Registry } from 'prom-client';
import Gauge from 'prom-client/lib/gauge.js';
import type { Clock } from '../../base/clock.js';
import { version } from '../../base/version.js';
import type { FaultRules } from '../../instruments/faults/index.js';
import type { Store } from '../../store/index.js';

export interface StateContext {
  readonly store: Pick<Store, 'countProfiles' | 'countUnderWay'>;
  readonly clock: Clock;
  readonly faults: Pick<FaultRules, 'all'>;
  /** How long a session waits for the device's next request, in milliseconds. */
  readonly sessionTimeout: number;
}

/** Counts of profiles, sessions and queues. The server counts when a client requests the metrics. */
export function stateMetrics(
  registry: Registry,
  { store, clock, faults, sessionTimeout }: StateContext,
): void {
  const registers = [registry];
  new Gauge({
    name: 'mock_smdp_profiles',
    help: 'Profiles by state.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await store.countProfiles())) this.set({ state }, count);
    },
  });
  const sessions = new Gauge({
    name: 'mock_smdp_sessions',
    help: "RSP sessions that wait for the device's next request, by state.",
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const now = clock.now().getTime();
      const underWay = await store.countUnderWay(now, now + sessionTimeout);
      for (const [state, count] of Object.entries(underWay.sessions)) sessions.set({ state }, count);
      callbacks.set(underWay.callbacks);
    },
  });
  const callbacks = new Gauge({
    name: 'mock_smdp_callbacks_waiting',
    help: 'Messages that operators have not received yet.',
    registers,
  });
  new Gauge({
    name: 'mock_smdp_fault_rules',
    help: 'Number of fault rules.',
    registers,
    collect() {
      this.set(faults.all.length);
    },
  });
  new Gauge({
    name: 'mock_smdp_info',
    help: 'Always 1. The label is the version of the server.',
    labelNames: ['version'] as const,
    registers,
  }).set({ version }, 1);
}
