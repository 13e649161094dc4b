import { createLog, startServer, type RunningServer } from '../server/index.js';
import { callsOf } from './call.js';
import { clockBy } from './clock.js';
import { Devices } from './devices.js';
import { faultsBy } from './faults.js';
import type { MockSmdp } from './mock-smdp.js';
import { configOf, type MockSmdpOptions } from './options.js';
import { pkiFolder } from './pki-folder.js';
import { profileTypesBy } from './profile-types.js';
import { profilesBy } from './profiles.js';
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
    const surroundings = { faults: options.faults, temporaryPki: folder.isTemporary };
    const server = await startServer(config, createLog(config.logLevel), surroundings);
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

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    devices.close();
    return (closed ??= server.close().finally(cleanUp));
  };
  return {
    ...{ address, deviceUrl, operatorUrl, ca, certs, warnings, call, close },
    profiles: profilesBy(call),
    profileTypes: profileTypesBy(call),
    faults: faultsBy(call),
    clock: clockBy(call, clock),
    snapshots: snapshotsBy(call),
    reset: (options = {}) => call('POST', '/reset', { body: options }),
    device: (options) => devices.create(options),
    [Symbol.asyncDispose]: close,
  };
}
