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

/** Options of {@link connectMockSmdp}. All have defaults. */
export interface ConnectOptions {
  /** The namespace of all calls; default: the whole server. */
  readonly namespace?: string | undefined;
  /** Bearer token of the operator-facing listener, if the listener requires a token. */
  readonly token?: string | undefined;
  /**
   * URL to which this client's devices connect, such as `https://localhost:49153`. Default: the server's listener if
   * the server runs on this machine, otherwise the SM-DP+ address.
   */
  readonly deviceUrl?: string | undefined;
}

/**
 * Connects to an SM-DP+ in another process, in a container or on another machine. The client has the same calls as the result of
 * `startMockSmdp`, but makes these calls over HTTP.
 *
 * @param operatorUrl base URL of the operator-facing listener: `http://localhost:8080`, or `https://lab.example.com/mock` behind a proxy
 * @example
 *     const namespace = `worker-${process.env.VITEST_POOL_ID}`;
 *     const smdp = await connectMockSmdp('http://localhost:8080', { namespace });
 *     const { activationCode } = await smdp.profiles.create();
 *     await (await smdp.device()).download(activationCode);
 *     await smdp.close();
 *
 * @throws ConnectionError if no mock-smdp answers, or if the token is missing or wrong; RangeError for an invalid namespace; TypeError for
 * an invalid URL
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
    `${name} is '${String(given)}', but must be a base URL, for instance http://localhost:8080`,
  );
}
