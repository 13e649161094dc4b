import type { FastifyBaseLogger } from 'fastify';
import { addressOf } from '../base/address.js';
import { systemClock } from '../base/clock.js';
import { systemRandom, type Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import { SettableClock } from '../base/settable-clock.js';
import { Journal } from '../instruments/journal/index.js';
import { ensurePki, type Pki } from '../pki/index.js';
import type { SmdsContext } from '../smds/registry/index.js';
import { announcingStore, WebhookCourier } from '../outbound/webhooks/index.js';
import { observeCommits, openStore, type Store } from '../store/index.js';
import type { WritableDeviceAddress } from './change-address.js';
import type { Config } from './config.js';
import { smdsDiscovery, type Discovery } from './discovery.js';
import { startProgress, type ProgressReports } from './progress.js';
import { startPurging } from './purge.js';
import { logRequests } from './request-log.js';
import type { ServerOverrides } from './running-server.js';
import type { Shutdown } from './shutdown.js';
import { checkSmdsAddress, ownSmds } from './sm-ds.js';
import { Sharing } from './sharing.js';
import { startSweeping } from './sweep.js';
import { callbackOutcomes } from './webhooks.js';

/** The objects that all interfaces of the server share. They exist before the server listens. */
export interface Foundations {
  readonly clock: SettableClock;
  readonly random: Random;
  readonly smdp: WritableDeviceAddress;
  readonly pki: Pki;
  readonly journal: Journal;
  readonly store: Store;
  /** The SM-DS of this process; absent if the SM-DS role is off. */
  readonly smds: SmdsContext | undefined;
  readonly discovery: Discovery;
  readonly progress: ProgressReports;
  readonly webhooks: WebhookCourier;
  readonly sharing: Sharing;
  /** Warnings for the person who starts the server. */
  readonly warnings: string[];
}

/**
 * Loads the PKI, opens the database, and starts the background work: purging, sweeping, logging, and the delivery of messages to operators.
 *
 * @param duties `of a worker`: leaves purging and sweeping to another process on the same database
 * @param shutdown collects the functions that stop this work. They also run if a later step of the start fails
 * @throws PkiError, StoreError, ConfigError
 */
export async function openFoundations(
  config: Config,
  log: FastifyBaseLogger,
  { clock: below = systemClock, random = randomOf(config), pkiWriter }: ServerOverrides,
  shutdown: Shutdown,
  duties: 'all' | 'of a worker' = 'all',
): Promise<Foundations> {
  const clock = new SettableClock(below);
  const warnings: string[] = [];
  const smdp = { address: config.address ?? addressOf(config.host, config.port) };
  checkSmdsAddress(config, smdp.address);
  const pki = await ensurePki(config.certs, {
    address: smdp.address,
    smdsAddress: config.dsAddress,
    now: clock.now(),
    writer: pkiWriter,
    warn: (text) => warnings.push(text),
  });
  const journal = new Journal({ clock, count: config.journal });

  const database = await openStore(config.database);
  shutdown.foundation(() => database.close());
  // A worker that starts later must not end the leases of other workers.
  if (duties === 'all') await database.endLeases();
  const sharing = new Sharing(database.shared);
  shutdown.foundation(() => sharing.close());
  const smds = ownSmds(config, { store: database, pki, clock, random });
  const discovery = smdsDiscovery({ store: database, pki, clock, random, smdp, own: smds, log });
  shutdown.listener(() => discovery.courier.close());
  const webhooks = new WebhookCourier({ store: database, clock: systemClock, log });
  await webhooks.start();
  shutdown.foundation(() => webhooks.close());
  const store = observeCommits(announcingStore(database, webhooks), {
    transition: (transition) => journal.changed(transition),
    removal: () => journal.removed(),
    registration: () => discovery.courier.wake(),
    replacement: () => sharing.everywhere('contents'),
  });

  if (duties === 'all') {
    shutdown.background(startPurging(store, clock, log));
    shutdown.background(startSweeping(store, log));
  }
  shutdown.background(logRequests(journal, log));
  const progress = startProgress(store, pki, random, log, callbackOutcomes(webhooks, clock, store));
  shutdown.foundation(() => progress.courier.close());
  const parts = { clock, random, smdp, pki, journal, store, smds, discovery, progress };
  return { ...parts, webhooks, sharing, warnings };
}

const randomOf = ({ randomSeed }: Config): Random =>
  randomSeed === undefined ? systemRandom : new SeededRandom(randomSeed);
