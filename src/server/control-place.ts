import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { addressOf } from '../base/address.js';
import { isPostgres } from '../store/index.js';
import { keptAdminToken, newAdminToken, type AdminToken } from './admin-token.js';
import type { Config } from './config.js';
import { isLoopback } from './foreign-request.js';
import { portOf, type ListenAt } from './listen.js';

/** Where the control API is served. */
export interface ControlPlace extends Omit<Config, 'adminPort'> {
  /** Absent: the control API is not served. */
  readonly adminPort: number | undefined;
  readonly settings: ListenAt['settings'];
}

/** A public server serves the control API on the loopback interface only, or not at all. */
export const controlPlace = (config: Config): ControlPlace =>
  config.public === 'on'
    ? { ...config, adminHost: 'localhost', adminPort: config.controlPort, settings: ['host', 'controlPort'] }
    : { ...config, settings: ['adminHost', 'adminPort'] };

/** The URL of the control API; `undefined` if the server does not serve the control API. */
export function controlUrlOf(config: Config, operators: FastifyInstance): string | undefined {
  const { adminHost, adminPort } = controlPlace(config);
  return adminPort === undefined ? undefined : `http://${addressOf(adminHost, portOf(operators))}`;
}

/**
 * The token that requests must carry. On loopback, requests need a token only if the configuration sets one. On any
 * other address, requests always need a token.
 */
export function tokenFor({
  adminToken,
  adminHost,
  database,
}: Pick<Config, 'adminToken' | 'adminHost' | 'database'>): AdminToken | undefined {
  if (adminToken !== undefined) return { token: adminToken, isNew: false };
  if (isLoopback(adminHost)) return undefined;
  if (database === ':memory:') return newAdminToken();
  return keptAdminToken(join(isPostgres(database) ? 'data' : dirname(database), 'admin.token'));
}
