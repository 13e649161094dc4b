import type { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../../src/base/clock.js';
import {
  type Config,
  createLog,
  resolveConfig,
  type RunningServer,
  startServer,
} from '../../../src/server/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';

/** A client's or a server's certificate with its key, in PEM. */
export interface Pem {
  readonly cert: string;
  readonly key: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** What the server showed in TLS. */
  readonly certificate: X509Certificate;
}

export interface CallOptions {
  /** SNI. Default: the name of the SM-DS. */
  readonly name?: string | undefined;
  /** Shown in TLS. Default: none. */
  readonly credential?: Pem | undefined;
  readonly method?: string | undefined;
}

/** A server with the SM-DS role on, in this process, on free ports, behind TLS. */
export interface TestSmds {
  readonly server: RunningServer;
  readonly port: number;
  readonly pkiFolder: string;
  /** Milliseconds that the server's clock is ahead. */
  advance(milliseconds: number): void;
  /** POSTs to a path below `/gsma/rsp2/`. */
  call(path: string, body: unknown, options?: CallOptions): Promise<Reply>;
}

/** `localhost` for the SM-DS, so that another one finds it as its root; the SM-DP+ has a name that nobody looks up. */
export const names = { address: 'smdp.example.com', dsAddress: 'localhost' } as const;

/** Starts a server that is stopped after the test file. */
export async function startTestSmds(
  options: {
    [N in 'address' | 'dsAddress' | 'dsRoot' | 'certs' | 'database' | 'conduct']?: Config[N] | undefined;
  } = {},
): Promise<TestSmds> {
  const certs = options.certs ?? (await testPkiFolder());
  let offset = 0;
  const clock: Clock = { now: () => new Date(Date.now() + offset) };
  const config: Config = {
    ...resolveConfig({}).config,
    ...{ host: '127.0.0.1', port: 0, adminHost: '127.0.0.1', adminPort: 0 },
    ...{ seed: 'none', ...names, ...options, certs, database: options.database ?? ':memory:' },
    conduct: options.conduct ?? 'polite',
  };
  const server = await startServer(config, createLog('silent'), { clock });
  whenDone(() => server.close());
  const port = Number(new URL(server.deviceUrl).port);
  return {
    server,
    port,
    pkiFolder: certs,
    advance: (milliseconds) => void (offset += milliseconds),
    call: (path, body, { name = config.dsAddress!, credential, method = 'POST' } = {}) =>
      new Promise((resolve, reject) => {
        const sent = request({
          ...{ host: '127.0.0.1', port, method, servername: name, agent: false, rejectUnauthorized: false },
          path: `/gsma/rsp2/${path}`,
          ...credential,
          headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' },
        });
        sent.on('error', reject);
        sent.on('response', (response) => {
          const certificate = (response.socket as TLSSocket).getPeerX509Certificate()!;
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('error', reject).on('end', () => {
            const { statusCode = 0, headers } = response;
            resolve({ status: statusCode, headers, body: text, certificate });
          });
        });
        sent.end(typeof body === 'string' ? body : JSON.stringify(body));
      }),
  };
}
