import { withoutTrailing } from '../../base/without-trailing.js';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { answeredProtocol } from '../../wire/json/index.js';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Operator } from '../../store/index.js';
import type { HttpAnswer } from './answer.js';

/** How the SM-DP+ shows itself to operators, and whom it believes that they are operators; PEM. */
export interface ClientTls {
  readonly cert: string;
  readonly key: string;
  /** For operators that have named no CA of their own. */
  readonly ca: readonly string[];
}

/** An operator's ES2+ interface, as this SM-DP+ calls it. */
export interface OperatorClient {
  /**
   * ES2+.HandleDownloadProgressInfo.
   *
   * @throws Error saying why there is no answer: refused, reset, timed out, not HTTP, not the right certificate
   */
  handleDownloadProgressInfo(body: string, signal: AbortSignal): Promise<HttpAnswer>;
  /** Closes its connections. */
  close(): void;
}

/** More than any header needs. */
const longestBody = 64 * 1024;

const basePath = '/gsma/rsp2/es2plus';

/** Where a function is under the operator's base URL, which may end in the common part of the paths already. */
function urlOf(callbackUrl: string, name: string): URL {
  const url = new URL(callbackUrl);
  const base = withoutTrailing(url.pathname, '/');
  url.pathname = `${base.endsWith(basePath) ? base : base + basePath}/${name}`;
  return url;
}

/** How an operator is connected to. */
export interface OperatorConnection {
  readonly tls: ClientTls;
  /** How long it may take for its answer, in milliseconds. */
  readonly timeout: number;
  /** Connections that may be open at a time. */
  readonly width: number;
}

/** Opens no connection yet: that is left to the first call. */
export function connectOperator(
  operator: Operator,
  { tls, timeout, width }: OperatorConnection,
): OperatorClient {
  const callbackUrl = operator.callbackUrl ?? '';
  const isHttps = /^https:/i.test(callbackUrl);
  const pool = { keepAlive: true, maxSockets: width };
  const agent = isHttps ? new HttpsAgent(pool) : new HttpAgent(pool);
  const send = isHttps ? httpsRequest : httpRequest;
  // Once for all connections: a hundred roots take a while to read.
  let trust: SecureContext | undefined;

  return {
    handleDownloadProgressInfo: (body, signal) =>
      new Promise((resolve, reject) => {
        const url = urlOf(callbackUrl, 'handleDownloadProgressInfo');
        const expiry = AbortSignal.timeout(timeout);
        const request = send(url, {
          method: 'POST',
          agent,
          ...(isHttps && { secureContext: (trust ??= trustOf(operator, tls)) }),
          signal: AbortSignal.any([signal, expiry]),
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
            'X-Admin-Protocol': answeredProtocol(undefined),
          },
        });
        const fail = (error: Error): void =>
          reject(expiry.aborted ? new Error(`no answer within ${timeout / 1000} seconds`) : error);
        request.on('error', fail);
        request.on('response', (response) => {
          read(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), fail);
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function trustOf(
  { callbackCa, callbackClientCertificate }: Operator,
  { ca, cert, key }: ClientTls,
): SecureContext {
  return createSecureContext({
    minVersion: 'TLSv1.2',
    ca: callbackCa ?? [...ca],
    ...(callbackClientCertificate && { cert, key }),
  });
}

/** The text of the body, or the beginning of one that is too long. */
async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestBody) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
