import { baseUrl } from '../base/base-url.js';
import { euiccFromPem, type VirtualDevice } from '../device/index.js';
import { callsOf, type CallApi } from './call.js';
import { clockBy } from './clock.js';
import { Devices } from './devices.js';
import { httpCalls, type HttpCalls } from './http-calls.js';
import type { ConnectedSmdp } from './mock-smdp.js';
import { inNamespace, namespaceNamed, namespaceOn, scopedCalls, type NamespaceContext } from './namespace.js';
import { pkiBy } from './pki.js';
import { RemoteServer } from './remote-place.js';
import { serverBy } from './server.js';
import { snapshotsBy } from './snapshots.js';

/** What a client is told beside the server's address; everything has a default. */
export interface ConnectOptions {
  /** The part of the server that all calls are about; default: the whole server. */
  readonly namespace?: string | undefined;
  /** Bearer token of the operator-facing listener, where it demands one. */
  readonly token?: string | undefined;
  /**
   * Where devices of this client connect, `https://localhost:49153`. Default: the listener itself where both are on this machine, else
   * the SM-DP+ address.
   */
  readonly deviceUrl?: string | undefined;
}

/**
 * A client of an SM-DP+ that runs in another process, in a container or on another machine: the same calls as those of `startMockSmdp`,
 * over HTTP.
 *
 * @param operatorUrl base URL of the operator-facing listener: `http://localhost:8080`, or `https://lab.example.com/mock` behind a proxy
 * @example
 *     const smdp = await connectMockSmdp('http://localhost:8080', { namespace: `worker-${process.env.VITEST_POOL_ID}` });
 *     const { activationCode } = await smdp.profiles.create();
 *     await (await smdp.device()).download(activationCode);
 *     await smdp.close();
 * @throws ConnectionError where no mock-smdp answers, or it demands another token; RangeError for a namespace that is no name;
 * TypeError for what is no URL
 */
export async function connectMockSmdp(
  operatorUrl: string | URL,
  { namespace, token, deviceUrl }: ConnectOptions = {},
): Promise<ConnectedSmdp> {
  const url = urlOf('operatorUrl', operatorUrl);
  const name = namespace === undefined ? undefined : namespaceNamed(namespace);
  const devicesAt = deviceUrl === undefined ? undefined : urlOf('deviceUrl', deviceUrl);
  const http = httpCalls(url, token);
  try {
    const place = await RemoteServer.at(http, url);
    const call = callsOf(place.control.call);
    const [ca, warnings] = await Promise.all([pkiBy(call).tls(), serverBy(call).warnings()]);
    return connected({ url, name, token, devicesAt, http, place, call, ca, warnings });
  } catch (error) {
    http.close();
    throw error;
  }
}

interface ServerConnection extends Pick<ConnectedSmdp, 'name' | 'ca' | 'warnings'> {
  readonly url: URL;
  readonly token: string | undefined;
  readonly devicesAt: URL | undefined;
  readonly http: HttpCalls;
  readonly place: RemoteServer;
  readonly call: CallApi;
}

function connected(connection: ServerConnection): ConnectedSmdp {
  const { url, name, token, devicesAt, http, place, call, ca, warnings } = connection;
  const listener = devicesAt ?? place.listenerFor(url);
  const { protocol } = listener ?? place.publicUrl;
  const devices = new Devices({
    ...{ ca, clock: place.clock, tls: protocol === 'https:', listensAt: listener?.host },
    addresses: () => place.addresses,
  });
  const scope: NamespaceContext<Promise<VirtualDevice>> = {
    get address() {
      return place.address;
    },
    device: async (options = {}) =>
      devices.create(
        options.material ?? euiccFromPem(await pkiBy(call).euicc({ eid: options.eid })),
        options,
      ),
  };
  const own = name === undefined ? place.control : inNamespace(place.control, name);
  const close = async (): Promise<void> => {
    devices.close();
    http.close();
  };
  return {
    ...scopedCalls(place.control, scope, name),
    namespace: (other) => namespaceOn(place.control, scope, other),
    get address() {
      return place.address;
    },
    get deviceUrl() {
      return (listener ?? place.publicUrl).origin;
    },
    ...{ name, operatorUrl: baseUrl(url), adminToken: token, ca, warnings, close },
    clock: clockBy(callsOf(own.call), place.clock),
    snapshots: snapshotsBy(callsOf(own.call)),
    [Symbol.asyncDispose]: close,
  };
}

function urlOf(name: string, given: string | URL): URL {
  const url = URL.canParse(String(given)) ? new URL(given) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new TypeError(
    `${name} is '${String(given)}', but has to be a base URL, for instance http://localhost:8080`,
  );
}
