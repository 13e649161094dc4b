import { createLog, startServer, type ControlCalls, type RunningServer } from '../server/index.js';
import { callsOf, serverClosed } from './call.js';
import { clockBy } from './clock.js';
import { Devices, type DeviceOptions } from './devices.js';
import type { MockSmdp } from './mock-smdp.js';
import { namespaceOn, scopedCalls } from './namespace.js';
import { configOf, type MockSmdpOptions } from './options.js';
import { euiccsOf } from './own-euiccs.js';
import { snapshotsBy } from './snapshots.js';
import { pkiFolder, type PkiFolder } from './pki-folder.js';

/**
 * Starts an SM-DP+ in this process, on free ports and with an empty database in memory. Any number of servers can run
 * at the same time.
 *
 * @example
 *     const smdp = await startMockSmdp();
 *     const { activationCode } = await smdp.profiles.create();
 *     await smdp.device().download(activationCode);
 *     await smdp.close();
 * @throws ConfigError for a wrong option; PkiError, StoreError, ListenError if the folder, database or port cannot be used
 */
export async function startMockSmdp(options: MockSmdpOptions = {}): Promise<MockSmdp> {
  const folder = pkiFolder(options.certs);
  try {
    const config = configOf(options, folder.name);
    const surroundings = { faults: options.faults, pkiWriter: folder.writer };
    const server = await startServer(config, createLog(config.logLevel), surroundings);
    return mockSmdp(server, folder);
  } catch (error) {
    folder.remove();
    throw error;
  }
}

function mockSmdp(server: RunningServer, folder: PkiFolder): MockSmdp {
  const { smdsAddress, deviceUrl, operatorUrl, warnings, pki, clock } = server;
  const adminToken = server.adminToken?.token;
  const { protocol, host: listensAt } = new URL(deviceUrl);
  const { ca } = pki.tls;
  const devices = new Devices({
    ca,
    tls: protocol === 'https:',
    listensAt,
    addresses: () => [server.address, smdsAddress],
    clock,
  });
  const euicc = euiccsOf(() => folder.path);
  let closed: Promise<void> | undefined;
  const whileOpen =
    <Args extends readonly unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (closed) throw serverClosed();
      return call(...args);
    };
  const control: ControlCalls = { call: whileOpen(server.control), open: whileOpen(server.openControl) };
  const call = callsOf(control.call);
  const place = {
    get address() {
      return server.address;
    },
    device: ({ eid, material, ...rest }: DeviceOptions = {}) =>
      devices.create(material ?? euicc(eid), { ...rest, ...(material !== undefined && { eid }) }),
  };

  const close = (): Promise<void> => {
    devices.close();
    return (closed ??= server.close().finally(() => folder.remove()));
  };
  return {
    ...scopedCalls(control, place),
    namespace: (name) => namespaceOn(control, place, name),
    get address() {
      return server.address;
    },
    ...{ deviceUrl, operatorUrl, adminToken, ca, warnings, close },
    get certs() {
      return folder.path;
    },
    clock: clockBy(call, clock),
    snapshots: snapshotsBy(call),
    [Symbol.asyncDispose]: close,
  };
}
