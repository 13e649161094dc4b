import { createLog, startServer, type RunningServer } from '../server/index.js';
import { callsOf } from './call.js';
import { clockBy } from './clock.js';
import { Devices } from './devices.js';
import type { MockSmdp } from './mock-smdp.js';
import { namespaceOn, scopedCalls } from './namespace.js';
import { configOf, type MockSmdpOptions } from './options.js';
import { pkiFolder } from './pki-folder.js';
import { snapshotsBy } from './snapshots.js';

/**
 * Starts an SM-DP+ in this process: on free ports, with an empty database in memory. Any number of them may run at a time.
 *
 * @example
 *     const smdp = await startMockSmdp();
 *     const { activationCode } = await smdp.profiles.create();
 *     await smdp.device().download(activationCode);
 *     await smdp.close();
 * @throws ConfigError for an option that is wrong; PkiError, StoreError where folder or database cannot be used
 */
export async function startMockSmdp(options: MockSmdpOptions = {}): Promise<MockSmdp> {
  const folder = pkiFolder(options.certs);
  try {
    const config = configOf(options, folder.path);
    const server = await startServer(config, createLog(config.logLevel), { faults: options.faults });
    return mockSmdp(server, folder.path, () => folder.remove());
  } catch (error) {
    folder.remove();
    throw error;
  }
}

function mockSmdp(server: RunningServer, certs: string, cleanUp: () => void): MockSmdp {
  const { address, smdsAddress, deviceUrl, operatorUrl, warnings, pki, clock } = server;
  const { protocol, host: listensAt } = new URL(deviceUrl);
  const { ca } = pki.tls;
  const devices = new Devices({
    certs,
    ca,
    tls: protocol === 'https:',
    listensAt,
    addresses: [address, smdsAddress],
    clock,
  });
  const call = callsOf(server.control);
  const place = { address, devices };

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    devices.close();
    return (closed ??= server.close().finally(cleanUp));
  };
  return {
    ...{ deviceUrl, operatorUrl, ca, certs, warnings, close },
    ...scopedCalls(call, place),
    namespace: (name) => namespaceOn(server.control, place, name),
    clock: clockBy(call, clock),
    snapshots: snapshotsBy(call),
    [Symbol.asyncDispose]: close,
  };
}
