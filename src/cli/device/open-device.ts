import {
  createVirtualDevice,
  lockStateFile,
  type TransportOptions,
  type VirtualDevice,
} from '../../device/index.js';
import { printStatus } from '../output.js';
import type { ConnectionFlags, DeviceFlags, ServerFlags } from './flags.js';
import { identityOf, type Identity } from './identity.js';
import { readRoots, trustedRoots } from './trust.js';

/** Opens the virtual device that the options describe, to read it. */
export function withEuicc<T>(flags: DeviceFlags, use: (device: VirtualDevice) => T): T {
  const { material, stateFile, card } = identityOf(flags);
  return use(createVirtualDevice({ material, stateFile, card: { ...card, eid: undefined } }));
}

/** Opens the virtual device to change its state. Locks the state file. The device calls no server. */
export const changingEuicc = <T>(
  flags: DeviceFlags,
  change: (device: VirtualDevice) => T | Promise<T>,
): Promise<T> => alone(identityOf(flags), () => withEuicc(flags, change));

/** Opens the virtual device to call servers. Locks the state file. Closes the connections afterwards. */
export async function withDevice<T>(
  flags: ServerFlags,
  use: (device: VirtualDevice) => Promise<T>,
): Promise<T> {
  const identity = identityOf(flags);
  const { material, stateFile, certs, card } = identity;
  const server = transportOf(flags, certs);
  return alone(identity, async () => {
    const device = createVirtualDevice({ material, stateFile, server, card: { ...card, eid: undefined } });
    try {
      return await use(device);
    } finally {
      device.close();
    }
  });
}

/** Locks the state file while `work` runs. */
async function alone<T>({ stateFile }: Identity, work: () => T | Promise<T>): Promise<T> {
  const unlock = await lockStateFile(stateFile, {
    onWait: (holder) => printStatus(`${stateFile} is in use by ${holder}. Waiting.`),
  });
  try {
    return await work();
  } finally {
    unlock();
  }
}

/** The options of connections to servers, from the options of the command. */
export function transportOf(
  { connect, ca, insecure, tls }: ConnectionFlags,
  certs: string,
): TransportOptions {
  if (!tls) return { connect, tls };
  return { connect, verifyTls: insecure !== true, ca: ca ? readRoots(ca) : trustedRoots(certs) };
}
