import { createVirtualDevice, type TransportOptions, type VirtualDevice } from '../../device/index.js';
import { CliError } from '../errors.js';
import type { DeviceFlags, ServerFlags } from './flags.js';
import { identityOf } from './identity.js';
import { readRoots, trustedRoots } from './trust.js';

/** The virtual device that the options describe, for as long as `use` takes; it talks to no server. */
export function withEuicc<T>(flags: DeviceFlags, use: (device: VirtualDevice) => T): T {
  const { material, stateFile } = identityOf(flags);
  return use(createVirtualDevice({ material, stateFile }));
}

/** The same with connections to servers, which are closed afterwards. */
export async function withDevice<T>(
  flags: ServerFlags,
  use: (device: VirtualDevice) => Promise<T>,
): Promise<T> {
  const { material, stateFile, certs } = identityOf(flags);
  const server = transportOf(flags, certs);
  const device = createVirtualDevice({ material, stateFile, server });
  try {
    return await use(device);
  } finally {
    device.close();
  }
}

function transportOf({ connect, ca, insecure, tls }: ServerFlags, certs: string): TransportOptions {
  if (connect !== undefined && !/^(\[[0-9A-Fa-f:.]+\]|[^:/\s]+)(:\d{1,5})?$/.test(connect)) {
    throw new CliError(`--connect is '${connect}', but has to be host or host:port, without https://.`);
  }
  if (!tls) return { connect, tls };
  return { connect, verifyTls: insecure !== true, ca: ca ? readRoots(ca) : trustedRoots(certs) };
}
