import {
  createVirtualDevice,
  lockStateFile,
  type TransportOptions,
  type VirtualDevice,
} from '../../device/index.js';
import { printStatus } from '../output.js';
import type { DeviceFlags, ServerFlags } from './flags.js';
import { identityOf, type Identity } from './identity.js';
import { readRoots, trustedRoots } from './trust.js';

/** The virtual device that the options describe, to look at. */
export function withEuicc<T>(flags: DeviceFlags, use: (device: VirtualDevice) => T): T {
  const { material, stateFile } = identityOf(flags);
  return use(createVirtualDevice({ material, stateFile }));
}

/** The same, to change what it remembers; others that want to wait meanwhile. It talks to no server. */
export const changingEuicc = <T>(flags: DeviceFlags, change: (device: VirtualDevice) => T): Promise<T> =>
  alone(identityOf(flags), () => withEuicc(flags, change));

/** The same with connections to servers, which are closed afterwards. */
export async function withDevice<T>(
  flags: ServerFlags,
  use: (device: VirtualDevice) => Promise<T>,
): Promise<T> {
  const identity = identityOf(flags);
  const { material, stateFile, certs } = identity;
  const server = transportOf(flags, certs);
  return alone(identity, async () => {
    const device = createVirtualDevice({ material, stateFile, server });
    try {
      return await use(device);
    } finally {
      device.close();
    }
  });
}

/** Nobody else changes the eUICC's state for as long as `work` takes. */
async function alone<T>({ stateFile }: Identity, work: () => T | Promise<T>): Promise<T> {
  const unlock = await lockStateFile(stateFile, {
    onWait: (holder) => printStatus(`${stateFile} is in use by ${holder}: waiting for it.`),
  });
  try {
    return await work();
  } finally {
    unlock();
  }
}

function transportOf({ connect, ca, insecure, tls }: ServerFlags, certs: string): TransportOptions {
  if (!tls) return { connect, tls };
  return { connect, verifyTls: insecure !== true, ca: ca ? readRoots(ca) : trustedRoots(certs) };
}
