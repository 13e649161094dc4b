import type { Clock } from '../../src/base/clock.js';
import { systemRandom } from '../../src/base/random.js';
import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../../src/device/index.js';
import type { Es9PlusContext } from '../../src/interfaces/es9plus/index.js';
import { prepareProfile, ProfileTypes, type ProfileRequest } from '../../src/orders/index.js';
import { ensurePki, type Pki } from '../../src/pki/index.js';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { createLog, deviceListener } from '../../src/server/index.js';
import { openStore, type HistoryEntry, type Profile, type Store } from '../../src/store/index.js';
import { testPkiFolder } from './pki-folder.js';
import { whenDone } from './when-done.js';

/** An SM-DP+ in this process, on a free port, with a clock that the test sets. */
export interface TestSmdp {
  readonly address: string;
  readonly store: Store;
  readonly pki: Pki;
  readonly pkiFolder: string;
  readonly context: Es9PlusContext;
  /** Milliseconds that the server's clock is ahead. */
  advance: (milliseconds: number) => void;
  prepare(request?: ProfileRequest): Promise<Profile>;
  profile(profile: Profile): Promise<Profile>;
  history(profile: Profile): Promise<readonly HistoryEntry[]>;
  /** A device with an EID of its own, or the one given. */
  device(options?: Partial<VirtualDeviceOptions> & { eid?: string }): VirtualDevice;
  /** Where a function of ES9+ is. */
  url(name: string): string;
  post(name: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Stops it before the test file ends, as a restart does; devices stay. */
  stop(): Promise<void>;
}

export interface TestSmdpOptions {
  readonly pkiFolder?: string;
  readonly address?: string;
  /** A database file, for an SM-DP+ that is started again on the same one. Default: in memory. */
  readonly database?: string;
  /** Who watches its requests. */
  readonly interceptors?: Es9PlusContext['interceptors'];
}

/** Starts an SM-DP+ that is stopped after the test file. */
export async function startTestSmdp({
  pkiFolder,
  address = 'localhost',
  database = ':memory:',
  interceptors,
}: TestSmdpOptions = {}): Promise<TestSmdp> {
  const folder = pkiFolder ?? (await testPkiFolder());
  let offset = 0;
  const clock: Clock = { now: () => new Date(Date.now() + offset) };
  const pki = await ensurePki(folder, { address, now: clock.now(), warn: () => undefined });
  const store = await openStore(database);
  const place = { address };
  const profileTypes = new ProfileTypes({ store, clock, smdp: place });
  const context: Es9PlusContext = {
    store,
    pki,
    profileTypes,
    clock,
    random: systemRandom,
    smdp: place,
    sessionTimeout: 600_000,
    resultTimeout: 86_400_000,
    interceptors,
  };
  const app = deviceListener({ context, log: createLog('silent') });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  place.address = `${address}:${port}`;

  const url = (name: string): string => `http://127.0.0.1:${port}/gsma/rsp2/es9plus/${name}`;

  const devices: VirtualDevice[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= app.close().then(() => store.close()));
  whenDone(async () => {
    devices.forEach((device) => device.close());
    await stop();
  });

  let serial = 0;
  return {
    address: place.address,
    store,
    pki,
    pkiFolder: folder,
    context,
    advance: (milliseconds) => void (offset += milliseconds),
    prepare: async (request) => (await prepareProfile(context, request)).profile,
    profile: async ({ id }) => (await store.profile(id))!,
    history: ({ id }) => store.history(id),
    device({
      eid = eidWithCheckDigits(`8904903200000000000000${String(serial++).padStart(8, '0')}`),
      material = manufactureEuicc(loadManufacturer(folder), eid),
      ...options
    } = {}) {
      const device = createVirtualDevice({
        material,
        server: { tls: false, connect: `127.0.0.1:${port}` },
        ...options,
      });
      devices.push(device);
      return device;
    },
    url,
    post: (name, body, headers = {}) =>
      fetch(url(name), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop,
  };
}
