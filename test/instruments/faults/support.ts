import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../../../src/device/index.js';
import { eidWithCheckDigits } from '../../../src/wire/rsp/index.js';
import { createLog, resolveConfig, startServer, type RunningServer } from '../../../src/server/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';

type Flags = NonNullable<Parameters<typeof resolveConfig>[1]>;

/** A server as `mock-smdp serve` starts it, on free ports, with devices that trust it. */
export interface FaultyServer extends RunningServer {
  readonly pkiFolder: string;
  device(options?: Partial<VirtualDeviceOptions>): VirtualDevice;
  /** Calls the control API. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Posts to ES9+. */
  post(name: string, body: unknown): Promise<Response>;
}

let serial = 0;

/** Starts a server that is stopped after the test file. */
export async function startFaultyServer(
  flags: Flags = {},
  log: Parameters<typeof startServer>[1] = createLog('silent'),
): Promise<FaultyServer> {
  const pkiFolder = flags.certs ?? (await testPkiFolder());
  const { config } = resolveConfig(
    {},
    {
      ...{ host: '127.0.0.1', port: '0', adminPort: '0', tls: 'off', address: 'localhost' },
      ...{ database: ':memory:', seed: 'none', certs: pkiFolder },
      ...flags,
    },
  );
  const server = await startServer(config, log);
  const devices: VirtualDevice[] = [];
  whenDone(async () => {
    devices.forEach((device) => device.close());
    await server.close();
  });
  const connect = new URL(server.deviceUrl).host;
  return {
    ...server,
    pkiFolder,
    device(options = {}) {
      const eid = eidWithCheckDigits(`8904903200000000000001${String(serial++).padStart(8, '0')}`);
      const device = createVirtualDevice({
        material: manufactureEuicc(loadManufacturer(pkiFolder), eid),
        server: { tls: config.tls === 'on', verifyTls: false, connect },
        ...options,
      });
      devices.push(device);
      return device;
    },
    async call(method, path, body) {
      const answer = await fetch(`${server.operatorUrl}/api/v1${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
      };
    },
    post: (name, body) =>
      fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/** The outcome of a download: `installed`, or the error's name and message. */
export async function outcomeOf(
  download: Promise<{ outcome: string; deliveryError?: unknown }>,
): Promise<string> {
  try {
    const result = await download;
    const { deliveryError } = result;
    return deliveryError instanceof Error ? `${result.outcome}; ${named(deliveryError)}` : result.outcome;
  } catch (error) {
    return named(error as Error);
  }
}

const named = ({ name, message }: Error): string => `${name}: ${message}`;
