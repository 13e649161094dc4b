import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { addressOf } from '../base/address.js';
import { ProfileTypes } from '../orders/index.js';
import { changeAddress } from './change-address.js';
import { closable } from './close-listener.js';
import type { Config } from './config.js';
import { Unserved } from './connections/index.js';
import { contextsOf, timeoutsOf } from './contexts.js';
import { controlPlace, controlUrlOf, tokenFor, type ControlPlace } from './control-place.js';
import { deviceListener, type DeviceListenerOptions } from './device-listener.js';
import { isLoopback } from './foreign-request.js';
import { openFoundations } from './foundations.js';
import { controlCalls } from './in-process.js';
import { logTlsKeys } from './keylog.js';
import { forwarding } from './forwarding.js';
import { listen, portOf } from './listen.js';
import { ServerMetrics } from './metrics/index.js';
import { misbehaviour } from './misbehaviour.js';
import { operatorListener, type OperatorListenerOptions } from './operator-listener.js';
import type { RunningDevices, RunningServer, ServerOverrides } from './running-server.js';
import { readSeed, seedDatabase, skippedSeed, type Seed } from './seeds/index.js';
import { ConfigError, namesOf } from './settings.js';
import { Shutdown } from './shutdown.js';
import { EidLimit, openPublicListener, trustedProxies, withinQuota } from './public/index.js';
import { TesterSettings } from './tester-settings.js';
import { foreignAnswers, setByTesters, unsafeDefaults } from './warnings.js';
import { faultHits, sessionEnds } from './webhooks.js';

/**
 * Starts a server from its configuration: loads the PKI, opens the database, makes the contexts, opens the listeners,
 * and seeds the database.
 *
 * @throws PkiError, StoreError, ConfigError, ListenError, each with a message for the person who starts the server
 */
export async function startServer(
  config: Config,
  log: FastifyBaseLogger,
  overrides: ServerOverrides = {},
): Promise<RunningServer> {
  const shutdown = new Shutdown();
  try {
    return await start(config, log, overrides, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

/**
 * Starts only the part of a server that serves devices. Another process on the same database serves the operators, purges and sweeps.
 *
 * @throws as {@link startServer}
 */
export async function startDevices(config: Config, log: FastifyBaseLogger): Promise<RunningDevices> {
  const shutdown = new Shutdown();
  try {
    const prepared = await prepare(config, log, {}, shutdown, 'of a worker');
    const authority = await openDevices(prepared, config, log, shutdown);
    tellAddress(prepared, authority, config);
    prepared.foundations.discovery.courier.start();
    return { authority, metrics: () => prepared.metrics.ofProcess(), close: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Everything that the listeners need. */
async function prepare(
  config: Config,
  log: FastifyBaseLogger,
  overrides: ServerOverrides,
  shutdown: Shutdown,
  duties: 'all' | 'of a worker',
) {
  const foundations = await openFoundations(config, log, overrides, shutdown, duties);
  const { store, pki, clock, random, smdp, journal, sharing, warnings, webhooks } = foundations;
  // A worker does not seed the database. So it can restart even if the seed file is gone.
  const seed: Seed = duties === 'all' ? await readSeed(store, config.seed) : { kind: 'none' };

  const profileTypes = new ProfileTypes({ store, clock, smdp });
  const provoked = misbehaviour(config, {
    ...{ store, pki, profileTypes, clock, random, log, journal },
    initialFaults: overrides.faults,
    faultHit: faultHits(foundations.webhooks, clock),
  });
  shutdown.background(() => provoked.close());
  const moveTo = (address: string) => changeAddress(smdp, address, config, pki);
  const warn = (text: string) => log.warn(text);
  const settings = new TesterSettings({ clock, conduct: provoked.conduct, smdp, moveTo, warn });
  await sharing.join({ rules: provoked.rules, settings, journal, random, profileTypes, webhooks });
  const metrics = new ServerMetrics(
    duties === 'all' ? { ...timeoutsOf(config), store, clock, faults: provoked.rules } : undefined,
  );
  const unserved = new Unserved([metrics.interceptor, journal]);

  const { routes, forwarder } = forwarding(config, pki);
  shutdown.foundation(() => forwarder.close());

  const isPublic = config.public === 'on';
  const adminToken = tokenFor(controlPlace(config));
  if (adminToken?.warning !== undefined) warnings.push(adminToken.warning);
  const warningsNow = () => [
    ...unsafeDefaults(controlPlace(config), adminToken !== undefined),
    ...setByTesters(clock, provoked.rules, provoked.conduct),
    ...foreignAnswers(routes),
    ...warnings,
  ];
  const contexts = contextsOf(config, {
    ...{ ...foundations, profileTypes, misbehaviour: provoked, warningsNow, seed, settings, moveTo, routes },
    ...(isPublic && { orderOnDemand: withinQuota(store, provoked.orderOnDemand) }),
    interceptors: [
      ...provoked.interceptors,
      ...(isPublic ? [new EidLimit()] : []),
      forwarder,
      metrics.interceptor,
      journal,
      sessionEnds(foundations.webhooks, clock),
    ],
  });
  shutdown.background(() => contexts.control.devices?.clear());
  return { foundations, contexts, provoked, settings, seed, metrics, unserved, adminToken, warningsNow };
}

async function start(
  config: Config,
  log: FastifyBaseLogger,
  overrides: ServerOverrides,
  shutdown: Shutdown,
): Promise<RunningServer> {
  if (overrides.deviceServers) requireOneProcess(config);
  const prepared = await prepare(config, log, overrides, shutdown, 'all');
  const { foundations, contexts, provoked, settings, seed, metrics, unserved, adminToken, warningsNow } =
    prepared;
  const { store, pki, clock, smdp, discovery, warnings } = foundations;
  const { es2plus: es2plusContext, control } = contexts;
  const { deviceServers } = overrides;
  if (deviceServers) shutdown.listener(() => deviceServers.stop());
  const deviceAuthority = deviceServers
    ? await deviceServers.start()
    : await openDevices(prepared, config, log, shutdown);
  const deviceUrl = deviceUrlOf(deviceAuthority, config);
  tellAddress(prepared, deviceAuthority, config);
  discovery.courier.start();

  const operators = await openOperatorListener(
    {
      ...{
        context: control,
        es2plusContext,
        token: adminToken?.token,
        metrics,
        deviceServers,
        unserved,
        log,
      },
      loopbackOnly: isLoopback(controlPlace(config).adminHost),
    },
    controlPlace(config),
    shutdown,
  );
  const calls = controlCalls(operators, adminToken?.token);
  const isPublic = config.public === 'on';
  const publicUrl = isPublic ? await openPublicListener(control, config, log, shutdown) : undefined;

  const seedContext = {
    ...control,
    switches: { clock, conduct: provoked.conduct, change: <T>(work: () => T) => settings.change(work) },
  };
  const skipped = await skippedSeed(seedContext, seed);
  if (skipped !== undefined) warnings.push(skipped);
  const seeded = await seedDatabase(seedContext, seed);
  return {
    ...{ store, pki, clock, adminToken, deviceUrl, ...seeded },
    get address() {
      return smdp.address;
    },
    smdsAddress: config.dsAddress,
    operatorUrl: publicUrl ?? `http://${addressOf(config.adminHost, portOf(operators))}`,
    publicUrl,
    controlUrl: controlUrlOf(config, operators),
    control: calls.call,
    openControl: calls.open,
    warnings: warningsNow(),
    close: () => shutdown.run(),
  };
}

/**
 * Refuses settings that need all devices in one process. The limits of a public server and the sessions of a proxy are in the memory of one
 * process.
 *
 * @throws ConfigError
 */
function requireOneProcess(config: Config): void {
  const alone = config.public === 'on' ? 'public' : config.proxy !== undefined ? 'proxy' : undefined;
  if (alone)
    throw new ConfigError(`${namesOf(alone)} cannot be combined with ${namesOf('workers')} above 1.`);
}

/** Opens the device-facing listener in this process. @returns its host and port */
async function openDevices(
  { foundations: { pki }, contexts, provoked, unserved }: Prepared,
  config: Config,
  log: FastifyBaseLogger,
  shutdown: Shutdown,
): Promise<string> {
  const { es9plus: context, es2plus: es2plusContext } = contexts;
  const tls = config.tls === 'on' ? pki.tls : undefined;
  const smds = contexts.smds && { context: contexts.smds, tls: tls && pki.smds?.tls };
  return openDeviceListener(
    {
      ...{ context, es2plusContext, tls, tlsFaults: provoked.tlsFaults, smds, unserved, log },
      isProxy: config.proxy !== undefined,
      publicLimits: config.public === 'on' ? { trustedProxies: trustedProxies(config) } : undefined,
    },
    config,
    shutdown,
  );
}

const deviceUrlOf = (authority: string, { tls }: Config): string =>
  `${tls === 'on' ? 'https' : 'http'}://${authority}`;

/** Derives the server's own address from the listener, unless the configuration gives an address. */
function tellAddress({ foundations: { smdp } }: Prepared, authority: string, config: Config): void {
  smdp.deviceUrl = deviceUrlOf(authority, config);
  if (config.address === undefined) smdp.address = authority;
}

/** @returns the host and port that the listener has opened */
async function openDeviceListener(
  options: DeviceListenerOptions,
  config: Config,
  shutdown: Shutdown,
): Promise<string> {
  const { host, port } = config;
  const devices = deviceListener(options);
  shutdown.listener(closable(devices));
  shutdown.listener(logTlsKeys(devices, config, options.log));
  await listen(devices, { host, port, settings: ['host', 'port'] });
  return addressOf(host, portOf(devices));
}

async function openOperatorListener(
  options: OperatorListenerOptions,
  { adminHost: host, adminPort: port, settings }: ControlPlace,
  shutdown: Shutdown,
): Promise<FastifyInstance> {
  const operators = operatorListener(options);
  shutdown.listener(closable(operators));
  // Without a control port, a public server uses this listener from its own process only.
  if (port === undefined) await operators.ready();
  else await listen(operators, { host, port, settings });
  return operators;
}
