import { isBlockedPort } from '../../base/blocked-port.js';
import { addressOf, addressProblem } from '../../base/address.js';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baseUrl } from '../../base/base-url.js';
import { canonicalNamespace, namespaceForm } from '../../base/namespace.js';
import { resolveConfig, type Config } from '../../server/index.js';
import { isLoopback } from '../../server/foreign-request.js';
import { MisuseError } from '../errors.js';
import type { ApiFlags } from './api-flags.js';

/** An operator-facing listener, and the credentials and namespace of the calls. */
export interface ServerTarget {
  /** Base URL, such as `http://localhost:8080`. */
  readonly server: string;
  readonly token: string | undefined;
  /** Namespace of the calls; absent: the whole server. */
  readonly namespace?: string | undefined;
}

/** The server named by the options or the environment. @throws CliError, ConfigError */
export function serverTarget({ server, token, namespace }: ApiFlags): ServerTarget {
  const { config } = resolveConfig(process.env);
  const base = server === undefined ? defaultServer(config) : givenServer(server);
  return {
    server: base,
    token: token ?? config.adminToken ?? keptToken(base, config),
    namespace: namespace === undefined ? undefined : givenNamespace(namespace),
  };
}

function defaultServer({ adminHost, adminPort }: Config): string {
  if (adminPort === 0) {
    throw new MisuseError(
      'SMDP_ADMIN_PORT is 0, so this command does not know the port of the server. Name the server with --server.',
    );
  }
  return `http://${addressOf(adminHost, adminPort)}`;
}

function givenServer(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.port === '0')
    throw new MisuseError(`--server is '${server}', but no server can listen on port 0.`);
  if (url && isBlockedPort(Number(url.port || 80)))
    throw new MisuseError(
      `--server is '${server}', but web clients never connect to port ${url.port} (it belongs to another protocol). Name the port of the operator-facing listener, for instance http://localhost:8080.`,
    );
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return baseUrl(url);
  const [, scheme, rest = ''] = /^(?:([^/]*):\/\/)?([^/?#]*)/.exec(server) ?? [];
  const problem = scheme === undefined || /^https?$/.test(scheme) ? addressProblem(rest) : undefined;
  throw new MisuseError(
    problem
      ? `--server is '${server}', which ${problem.message}; ${problem.remedy}.`
      : `--server is '${server}', but must be a URL, for instance http://${scheme === undefined ? server : 'localhost:8080'}.`,
  );
}

function givenNamespace(given: string): string {
  const name = canonicalNamespace(given);
  if (name !== undefined) return name;
  throw new MisuseError(`--namespace is '${given}', but must be ${namespaceForm}.`);
}

/**
 * The token that a server on this machine made and stored. The command sends this token only to a server on this
 * machine.
 */
function keptToken(base: string, { database, adminHost }: Config): string | undefined {
  const { hostname } = new URL(base);
  if (!isLoopback(hostname) && hostname !== adminHost) return undefined;
  const folder = database === ':memory:' ? 'data' : dirname(database);
  try {
    return readFileSync(join(folder, 'admin.token'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
