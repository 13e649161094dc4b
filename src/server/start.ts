import { dirname, join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { addressOf } from '../base/address.js';
import { systemClock, type Clock } from '../base/clock.js';
import { systemRandom, type Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import { SettableClock } from '../base/settable-clock.js';
import type { ControlContext } from '../api/index.js';
import type { Es2PlusContext } from '../interfaces/es2plus/index.js';
import type { Es9PlusContext } from '../interfaces/es9plus/index.js';
import { Journal } from '../instruments/journal/index.js';
import type { FaultRule } from '../instruments/faults/index.js';
import { ProfileTypes } from '../orders/index.js';
import { ensurePki, type Pki, type PkiWriter } from '../pki/index.js';
import {
  openStore,
  watchRegistrations,
  watchRemovals,
  watchTransitions,
  type Store,
} from '../store/index.js';
import { keptAdminToken, newAdminToken, type AdminToken } from './admin-token.js';
import { Unserved } from './connections/index.js';
import { closable } from './close-listener.js';
import type { Config } from './config.js';
import { controlCalls, type ControlCalls } from './control-call.js';
import { deviceListener } from './device-listener.js';
import { discovery, type Discovery } from './discovery.js';
import { isLoopback } from './foreign-request.js';
import { logTlsKeys } from './keylog.js';
import { listen } from './listen.js';
import { ServerMetrics } from './metrics/index.js';
import { misbehaviour, type Misbehaviour } from './misbehaviour.js';
import { operatorListener } from './operator-listener.js';
import { changeAddress, type DeviceAddress } from './place.js';
import { startProgress } from './progress.js';
import { startPurging } from './purge.js';
import { logRequests } from './request-log.js';
import { testing } from './reset.js';
import { requireSeed, seedDatabase, skippedSeed, type SeedResult } from './seed.js';
import { checkSmdsAddress, smdsRole } from './sm-ds.js';
import { startSweeping } from './sweep.js';
import { resultTimeout } from './timeouts.js';
import { setByTesters, unsafeDefaults } from './warnings.js';

/** What a program may put in the place of the real things, or add. */
export interface ServerOverrides {
  /** What the server's own clock follows until a tester sets it. */
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Where certificates and keys are kept that are made; default: in the PKI folder. */
  readonly pkiWriter?: PkiWriter | undefined;
  /** Fault rules to begin with, beside those of the configuration. */
  readonly faults?: readonly FaultRule[] | undefined;
}

/** A server that accepts requests. */
export interface RunningServer extends SeedResult {
  readonly store: Store;
  readonly pki: Pki;
  /** The SM-DP+ address. */
  readonly address: string;
  /** The address of the SM-DS; `undefined` while that role is off. */
  readonly smdsAddress: string | undefined;
  /** Base URL of the device-facing listener. */
  readonly deviceUrl: string;
  /** Base URL of the operator-facing listener. */
  readonly operatorUrl: string;
  readonly adminToken: AdminToken | undefined;
  /** The server's idea of now. */
  readonly clock: Clock;
  /** Makes a call of the control API without a connection. */
  readonly control: ControlCalls['call'];
  /** The same, for answers that go on and on. */
  readonly openControl: ControlCalls['open'];
  /** One sentence for each unsafe default in force, and for what is the matter with the certificates. */
  readonly warnings: readonly string[];
  /** Finishes what is in flight, then closes listeners and database. */
  close(): Promise<void>;
}

/**
 * The composition root: configuration → PKI, store, listeners.
 *
 * @throws PkiError, StoreError, ConfigError, ListenError with a message for the person who started it
 */
export async function startServer(
  config: Config,
  log: FastifyBaseLogger,
  { clock: below = systemClock, random = randomOf(config), ...surroundings }: ServerOverrides = {},
): Promise<RunningServer> {
  const clock = new SettableClock(below);
  const warnings: string[] = [];
  const place: DeviceAddress = { address: config.address ?? addressOf(config.host, config.port) };
  checkSmdsAddress(config, place.address);
  const pki = await ensurePki(config.certs, {
    address: place.address,
    smdsAddress: config.dsAddress,
    now: clock.now(),
    writer: surroundings.pkiWriter,
    warn: (text) => warnings.push(text),
  });
  const journal = new Journal({ clock, count: config.journal });
  const watched = watchRemovals(
    watchTransitions(await openStore(config.database), (transition) => journal.changed(transition)),
    () => journal.removed(),
  );
  let eventCourier: Discovery['courier'] | undefined;
  const store = watchRegistrations(watched, () => eventCourier?.wake());
  const opened: (() => Promise<void>)[] = [];
  let provoked: Misbehaviour | undefined;
  const close = async (): Promise<void> => {
    stopPurging();
    stopSweeping();
    stopLogging();
    provoked?.close();
    await Promise.all(opened.map((closeListener) => closeListener()));
    await courier.close();
    await store.close();
  };
  await store.endLeases();
  const stopPurging = startPurging(store, clock, log);
  const stopLogging = logRequests(journal, log);
  const stopSweeping = startSweeping(store, log);
  const { courier, outbox: progress } = startProgress(store, pki, random, log);

  try {
    await requireSeed(store, config.seed);
    const at = {
      // The port may be known only once the listener is open, or later still.
      get address() {
        return place.address;
      },
      get deviceUrl() {
        return place.deviceUrl;
      },
    };
    const profileTypes = new ProfileTypes(withAccessors({ store, clock }, at));
    provoked = misbehaviour(config, {
      ...{ store, pki, profileTypes, clock, random, log, journal },
      initialFaults: surroundings.faults,
    });
    const { rules: faults, orderOnDemand } = provoked;
    const { conduct, noOrderStatus } = config;
    const timeouts = { sessionTimeout: config.sessionTimeout * 1000, resultTimeout };
    const metrics = new ServerMetrics({ ...timeouts, store, clock, faults });
    const unserved = new Unserved([metrics.interceptor, journal]);
    const interceptors = [...provoked.interceptors, metrics.interceptor, journal];
    const role = smdsRole(config, { ...timeouts, store, pki, clock, random, interceptors });
    const told = discovery(withAccessors({ store, pki, clock, random, own: role, log }, at));
    opened.push(() => told.courier.close());
    let warningsNow = (): readonly string[] => warnings;
    const shared: ControlContext = withAccessors(
      {
        ...{ store, pki, profileTypes, clock, random, smds: role, faults, journal },
        testing: testing(
          { clock, random, seed: config.seed, moveTo: (to) => changeAddress(place, to, config, pki) },
          () => shared,
        ),
        wakeCourier: () => courier.wake(),
        warnings: () => warningsNow(),
        manifestLines: config.manifestLines,
        settings: { conduct, noOrderStatus, sessionTimeout: config.sessionTimeout },
      },
      at,
    );
    const context: Es9PlusContext = withAccessors(
      {
        ...{ ...timeouts, noOrderStatus, store, pki, profileTypes, clock, random },
        ...{ progress, interceptors, orderOnDemand },
      },
      at,
    );

    const es2plusContext: Es2PlusContext = withAccessors(
      {
        ...{ store, profileTypes, clock, random },
        ...{ events: told.events, operatorCas: pki.operatorCas },
        interceptors,
      },
      at,
    );

    const tls = config.tls === 'on' ? pki.tls : undefined;
    const smds = role && { context: role, tls: tls && pki.smds?.tls };
    const { tlsFaults } = provoked;
    const devices = deviceListener({ context, es2plusContext, tls, tlsFaults, smds, unserved, log });
    opened.push(closable(devices));
    const stopKeylog = logTlsKeys(devices, config, log);
    opened.push(async () => stopKeylog());
    await listen(devices, { host: config.host, port: config.port, settings: ['host', 'port'] });
    const deviceUrl = `${config.tls === 'on' ? 'https' : 'http'}://${addressOf(config.host, portOf(devices))}`;
    place.deviceUrl = deviceUrl;
    if (config.address === undefined) place.address = addressOf(config.host, portOf(devices));
    eventCourier = told.courier;
    eventCourier.start();

    const loopbackOnly = isLoopback(config.adminHost);
    const adminToken = tokenFor(config, loopbackOnly);
    if (adminToken?.warning !== undefined) warnings.push(adminToken.warning);
    warningsNow = () => [
      ...unsafeDefaults(config, adminToken !== undefined),
      ...setByTesters(clock, faults),
      ...warnings,
    ];
    const operators = operatorListener({
      ...{ context: shared, es2plusContext, token: adminToken?.token },
      ...{ loopbackOnly, metrics, unserved, log },
    });
    opened.push(closable(operators));
    await listen(operators, {
      ...{ host: config.adminHost, port: config.adminPort },
      settings: ['adminHost', 'adminPort'],
    });

    const unplanted = await skippedSeed(shared, config.seed);
    if (unplanted !== undefined) warnings.push(unplanted);
    const seeded = await seedDatabase(shared, config.seed);
    const calls = controlCalls(operators, adminToken?.token);
    return {
      store,
      pki,
      get address() {
        return place.address;
      },
      smdsAddress: config.dsAddress,
      deviceUrl,
      operatorUrl: `http://${addressOf(config.adminHost, portOf(operators))}`,
      adminToken,
      clock,
      control: calls.call,
      openControl: calls.open,
      ...seeded,
      warnings: warningsNow(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const randomOf = ({ randomSeed }: Config): Random =>
  randomSeed === undefined ? systemRandom : new SeededRandom(randomSeed);

/** `base` with the members of `accessors`, their getters kept. */
const withAccessors = <B extends object, A extends object>(base: B, accessors: A): B & A =>
  Object.defineProperties(base, Object.getOwnPropertyDescriptors(accessors)) as B & A;

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Loopback needs no token unless one is set; a wider address is never without. */
function tokenFor({ adminToken, database }: Config, loopbackOnly: boolean): AdminToken | undefined {
  if (adminToken !== undefined) return { token: adminToken, isNew: false };
  if (loopbackOnly) return undefined;
  return database === ':memory:' ? newAdminToken() : keptAdminToken(join(dirname(database), 'admin.token'));
}
