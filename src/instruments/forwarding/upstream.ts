import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { reasonOf } from '../../base/connection-error.js';
import { hostOf, splitAddress } from '../../base/address.js';
import type { Answer, ReceivedRequest } from '../exchanges/index.js';
import type { ForwardRule } from './route.js';

/** Maximum time for a whole answer of the other server, in milliseconds. */
export const longestAnswer = 60_000;
/** Maximum size of an answer, in octets. A bound profile package in base64 is far smaller. */
export const largestAnswer = 16 * 1024 * 1024;

/** Limits for the other server. */
export interface UpstreamLimits {
  /** Milliseconds. */
  readonly time: number;
  readonly octets: number;
}

/** The other server gave no answer, or an answer that cannot be passed on. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
}

/** Header fields that belong to one connection (RFC 9110 7.6.1), or that this server's HTTP client sets itself. */
const ofConnection: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host', 'content-length'],
]);

/** The header fields that are passed on. */
function passedOn(headers: IncomingMessage['headers']): Record<string, string> {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || ofConnection.has(name) || named.includes(name)
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** Connections to another SM-DP+. */
export class Upstream {
  readonly #url: URL;
  readonly #agent: HttpAgent | HttpsAgent;

  /** @param roots CA certificates in PEM, for a rule that names no CA */
  constructor(
    private readonly rule: ForwardRule & { readonly to: string },
    roots: readonly string[],
    private readonly limits: UpstreamLimits,
  ) {
    this.#url = new URL(rule.to);
    const pool = { keepAlive: true, maxSockets: 64 };
    this.#agent = this.#isHttps
      ? new HttpsAgent({
          ...pool,
          minVersion: 'TLSv1.2',
          ca: rule.ca ?? [...roots],
          rejectUnauthorized: rule.insecure !== true,
          servername: /^[\d.]+$|:/.test(this.#url.hostname) ? '' : this.#url.hostname,
        })
      : new HttpAgent(pool);
  }

  get #isHttps(): boolean {
    return this.#url.protocol === 'https:';
  }

  /**
   * Sends a request, and returns the answer as it came: a redirect is not followed.
   *
   * @param via name of this server in the Via header. If a request comes back, the server recognises it by this name
   * @throws UpstreamError
   */
  async send(path: string, { headers, body }: ReceivedRequest, via: string): Promise<Answer> {
    const expiry = AbortSignal.timeout(this.limits.time);
    try {
      const response = await this.#open(path, { headers, body }, via, expiry);
      const { statusCode: status = 0 } = response;
      if (status < 200 || status > 599) {
        response.destroy();
        throw this.#wrongStatus(response);
      }
      return {
        status,
        headers: passedOn(response.headers),
        body: await this.#read(response),
      };
    } catch (error) {
      throw error instanceof UpstreamError ? error : this.#explained(error, expiry.aborted);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(
    path: string,
    { headers, body }: ReceivedRequest,
    via: string,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { port = this.#isHttps ? 443 : 80 } = splitAddress(this.rule.connect ?? this.#url.host);
    // Without accept-encoding, the other server sends the body uncompressed, so that the journal can show it.
    const { 'accept-encoding': _encoding, ...fields } = passedOn(headers);
    return new Promise((resolve, reject) => {
      const send = this.#isHttps ? httpsRequest : httpRequest;
      const request = send({
        agent: this.#agent,
        method: 'POST',
        host: hostOf(this.rule.connect ?? this.#url.host).replace(/^\[|\]$/g, ''),
        port,
        path: this.#url.pathname.replace(/\/$/, '') + path,
        headers: {
          ...fields,
          host: this.#url.host,
          via: [fields['via'], via].filter(Boolean).join(', '),
          'content-length': body.length,
        },
        signal,
      });
      request.on('response', resolve).on('error', reject);
      // Without a listener, Node closes the connection and reports nothing.
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        reject(this.#wrongStatus(response));
      });
      request.end(body);
    });
  }

  async #read(response: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > this.limits.octets) {
        response.destroy();
        throw new UpstreamError(`${this.rule.to} sends more than ${this.limits.octets} octets`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #wrongStatus({ statusCode = 0 }: IncomingMessage): UpstreamError {
    return new UpstreamError(
      `${this.rule.to} answers with HTTP status ${statusCode}, which no answer to a POST may have`,
    );
  }

  #explained(error: unknown, isExpired: boolean): UpstreamError {
    const { to } = this.rule;
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = reasonOf(error);
    if (isExpired)
      return new UpstreamError(`${to} has not answered in full within ${this.limits.time / 1000} seconds`);
    if (/^(HPE_|ERR_HTTP)/.test(code)) return new UpstreamError(`${to} does not speak HTTP: ${reason}`);
    if (isOfCertificate(code))
      return new UpstreamError(
        `${to}: the TLS certificate is not trusted; give its CA with --ca, or accept any certificate with --insecure (${reason})`,
      );
    return new UpstreamError(`${to} cannot be reached: ${reason}`, { cause: error });
  }
}

const isOfCertificate = (code: string): boolean =>
  /CERT|^UNABLE_TO|SELF_SIGNED|INVALID_(CA|PURPOSE)|^ERR_TLS_CERT/.test(code);
