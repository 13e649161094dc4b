import type { RouteRequest, RouteView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Routes to other SM-DP+s, for the whole server. All calls throw ControlError. */
export interface ProxyCalls {
  /** Adds a route, which comes before the others. 400: the URL or another member is wrong. 409: in a namespace. */
  add(route: RouteRequest): Promise<RouteView>;
  /** The first that matches counts. */
  list(): Promise<readonly RouteView[]>;
  /** 404: there is no such route. */
  remove(id: string): Promise<void>;
  /** Removes all routes. @returns their number */
  clear(): Promise<number>;
}

export const proxyBy = (call: CallApi): ProxyCalls => ({
  add: (route) => call('POST', '/proxy/routes', { body: route }),
  list: () => itemsOf(call, '/proxy/routes'),
  remove: (id) => call('DELETE', `/proxy/routes/${step(id)}`),
  clear: async () => (await call<{ removed: number }>('DELETE', '/proxy/routes')).removed,
});
