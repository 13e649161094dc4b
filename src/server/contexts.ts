import type { ControlContext, Testing } from '../api/index.js';
import type { ForwardRoutes } from '../instruments/forwarding/index.js';
import type { Interceptor } from '../instruments/exchanges/index.js';
import type { Es2PlusContext } from '../interfaces/es2plus/index.js';
import { resultTimeout, type Es9PlusContext } from '../interfaces/es9plus/index.js';
import type { ProfileTypes } from '../orders/index.js';
import { isPostgres } from '../store/index.js';
import type { Config } from './config.js';
import { ManagementSystems } from '../device/index.js';
import { devicePark } from './devices.js';
import type { Foundations } from './foundations.js';
import type { Misbehaviour } from './misbehaviour.js';
import { testing } from './reset.js';
import type { TesterSettings } from './tester-settings.js';
import type { Seed } from './seeds/index.js';
import type { SmdsRole } from './sm-ds.js';
import { replayUpload } from './replay-upload.js';

/** The foundations, and the other objects that the contexts need. */
export interface ContextParts extends Foundations {
  readonly profileTypes: ProfileTypes;
  readonly misbehaviour: Misbehaviour;
  readonly settings: TesterSettings;
  readonly moveTo: Testing['moveTo'];
  readonly interceptors: readonly Interceptor[];
  /** The content of the server after a reset. */
  readonly seed: Seed;
  /** Returns one sentence for each setting that is unsafe now. */
  readonly warningsNow: () => readonly string[];
  readonly routes: ForwardRoutes;
  /** Replaces the function that makes orders for magic MatchingIDs. */
  readonly orderOnDemand?: Misbehaviour['orderOnDemand'] | undefined;
}

/** The context of each interface. */
export interface Contexts {
  readonly es9plus: Es9PlusContext;
  readonly es2plus: Es2PlusContext;
  /** Absent while the SM-DS role is off. */
  readonly smds: SmdsRole | undefined;
  readonly control: ControlContext;
}

/** How long the server waits for a device, in milliseconds. */
export const timeoutsOf = ({ sessionTimeout }: Pick<Config, 'sessionTimeout'>) => ({
  sessionTimeout: sessionTimeout * 1000,
  resultTimeout,
});

export function contextsOf(config: Config, parts: ContextParts): Contexts {
  const { store, pki, clock, random, smdp, profileTypes, interceptors, misbehaviour, moveTo } = parts;
  const { noOrderStatus, sessionTimeout } = config;
  const common = { store, pki, profileTypes, clock, random, smdp };
  const timeouts = timeoutsOf(config);
  const smds = parts.smds && { ...parts.smds, ...timeouts, store, pki, interceptors };
  const park = devicePark({ pki, clock, random, smdp, smdsAddress: smds?.address, journal: parts.journal });
  const withoutTesting: ControlContext = {
    ...{ ...common, smds, faults: misbehaviour.rules, journal: parts.journal },
    progress: parts.progress.outbox,
    everywhere: (topic) => parts.sharing.everywhere(topic),
    wakeCourier: () => parts.progress.courier.wake(),
    webhooks: parts.webhooks,
    // Workers do not know the routes in this process's memory.
    routes: config.workers > 1 ? undefined : parts.routes,
    separateWorkers: config.workers > 1 && !isPostgres(config.database) ? config.workers : undefined,
    warnings: parts.warningsNow,
    manifestLines: config.manifestLines,
    devices: park,
    replay: replayUpload(),
    management: new ManagementSystems({ park, clock, random }),
    settings: {
      noOrderStatus,
      sessionTimeout,
      get conduct() {
        return misbehaviour.conduct.current;
      },
    },
  };
  return {
    es9plus: {
      ...{ ...common, ...timeouts, noOrderStatus, interceptors },
      ...{
        progress: parts.progress.outbox,
        orderOnDemand: parts.orderOnDemand ?? misbehaviour.orderOnDemand,
      },
    },
    es2plus: { ...common, events: parts.discovery.events, operatorCas: pki.operatorCas, interceptors },
    smds,
    control: {
      ...withoutTesting,
      testing: testing(
        { clock, conduct: misbehaviour.conduct, random, seed: parts.seed, moveTo, settings: parts.settings },
        withoutTesting,
      ),
    },
  };
}
