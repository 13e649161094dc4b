import { withoutTrailing } from '../../base/without-trailing.js';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { answeredProtocol } from '../../wire/json/index.js';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Operator } from '../../store/index.js';
import type { HttpAnswer } from './answer.js';

/** The SM-DP+'s client certificate and key, and the CAs that the SM-DP+ accepts for operators' servers. All in PEM. */
export interface ClientTls {
  readonly cert: string;
  readonly key: string;
  /** The CAs for operators that have not set a CA. */
  readonly ca: readonly string[];
}

/** The ES2+ functions of an operator that this SM-DP+ calls. */
export interface OperatorClient {
  /**
   * ES2+.HandleDownloadProgressInfo.
   *
   * @throws Error if the call fails, for instance because the operator does not answer in time or has a wrong certificate
   */
  handleDownloadProgressInfo(body: string, signal: AbortSignal): Promise<HttpAnswer>;
  close(): void;
}

/**
 * The number of octets after which the client stops reading a body. The client needs only the `header` member, and a body with this member
 * is far shorter.
 */
const longestBody = 64 * 1024;

const basePath = '/gsma/rsp2/es2plus';

/** The URL of a function. The operator's base URL may already end in `/gsma/rsp2/es2plus`. */
function urlOf(callbackUrl: string, name: string): URL {
  const url = new URL(callbackUrl);
  const base = withoutTrailing(url.pathname, '/');
  url.pathname = `${base.endsWith(basePath) ? base : base + basePath}/${name}`;
  return url;
}

/** The parameters of a connection to an operator. */
export interface OperatorConnection {
  readonly tls: ClientTls;
  /** How long the operator may take to answer, in milliseconds. */
  readonly timeout: number;
  /** The number of connections that may be open at the same time. */
  readonly width: number;
}

/** Creates the client for an operator. Opens no connection before the first call. */
export function connectOperator(
  operator: Operator,
  { tls, timeout, width }: OperatorConnection,
): OperatorClient {
  const callbackUrl = operator.callbackUrl ?? '';
  const isHttps = /^https:/i.test(callbackUrl);
  const pool = { keepAlive: true, maxSockets: width };
  const agent = isHttps ? new HttpsAgent(pool) : new HttpAgent(pool);
  const send = isHttps ? httpsRequest : httpRequest;
  // Created only once, because reading a hundred root certificates takes a while.
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

/** Reads the text of the body, or only the beginning if the body is too long. */
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
