import type { LightMyRequestResponse } from 'fastify';
import Fastify from 'fastify';
import { control, type ControlContext } from '../../../src/api/index.js';
import { Journal } from '../../../src/instruments/journal/index.js';
import { FaultRules } from '../../../src/instruments/faults/index.js';
import { orders, provider, type Orders } from './fixture.js';
import { whenDone } from '../../support/when-done.js';

export interface PoolsApi extends Orders {
  readonly address: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  readonly delete: (path: string) => Promise<LightMyRequestResponse>;
  /** Sends JSON. */
  readonly post: (body: object) => Promise<LightMyRequestResponse>;
  /** Sends a list of codes. */
  readonly upload: (
    list: string | Buffer,
    query?: string,
    contentType?: string,
  ) => Promise<LightMyRequestResponse>;
}

/** The control API on an empty database. */
export async function poolsApi(address = `${provider}:8443`): Promise<PoolsApi> {
  const context = await orders();
  const pki = { trustedCis: [], tls: {} } as unknown as ControlContext['pki'];
  const app = Fastify();
  const journal = new Journal({ clock: context.clock, count: 0 });
  const faults = new FaultRules(context);
  const settings = { conduct: 'polite', noOrderStatus: '8.1.1/3.8', sessionTimeout: 600 } as const;
  await app.register(control, { context: { ...context, pki, smdp: { address }, faults, journal, settings } });
  whenDone(() => app.close());
  const url = (path: string) => `/api/v1/pools${path}`;
  return {
    ...context,
    address,
    get: (path, headers = {}) => app.inject({ method: 'GET', url: url(path), headers }),
    delete: (path) => app.inject({ method: 'DELETE', url: url(path) }),
    post: (payload) => app.inject({ method: 'POST', url: url(''), payload }),
    upload: (payload, query = 'format=intune', contentType = 'text/csv') =>
      app.inject({
        method: 'POST',
        url: url(`?${query}`),
        payload,
        headers: { 'content-type': contentType },
      }),
  };
}
