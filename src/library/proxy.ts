import type { RouteRequest, RouteView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Routes to other SM-DP+s, for the whole server. All calls throw ControlError. */
export interface ProxyCalls {
  /** Adds a route before all others. 400: the URL or another member is wrong. 409: the call names a namespace. */
  add(route: RouteRequest): Promise<RouteView>;
  /** Lists the routes in order. The first route that matches decides. */
  list(): Promise<readonly RouteView[]>;
  /** 404: there is no such route. */
  remove(id: string): Promise<void>;
  /** Removes all routes. @returns number of removed routes */
  clear(): Promise<number>;
}

export const proxyBy = (call: CallApi): ProxyCalls => ({
  add: (route) => call('POST', '/proxy/routes', { body: route }),
  list: () => itemsOf(call, '/proxy/routes'),
  remove: (id) => call('DELETE', `/proxy/routes/${step(id)}`),
  clear: async () => (await call<{ removed: number }>('DELETE', '/proxy/routes')).removed,
});
