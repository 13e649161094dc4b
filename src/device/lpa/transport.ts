import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { hostOf, splitAddress } from '../../base/address.js';

/** How servers are reached. */
export interface TransportOptions {
  /** CA certificates (PEM or DER) that a server's TLS certificate has to lead to. Default: those of Node. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /**
   * Where to connect instead of a server's own address, as `host[:port]`; the address stays what is asked for in SNI,
   * Host and certificate. One for all, or chosen by address (`undefined`: the address itself).
   */
  readonly connect?: string | ((address: string) => string | undefined) | undefined;
  /** `false` speaks plain HTTP, to a server behind whose TLS terminator we are. Default `true`. */
  readonly tls?: boolean | undefined;
  /** `false` accepts any TLS certificate, as some LPAs do. Default `true`. */
  readonly verifyTls?: boolean | undefined;
  /** Milliseconds for one request. Default 30 000. */
  readonly timeoutMs?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Largest answer that is read: a bound profile package in base64 is far below it. */
const maxAnswerOctets = 16 * 1024 * 1024;
const defaultTimeoutMs = 30_000;

/** POSTs to servers over connections that stay open between requests. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(options: TransportOptions = {}) {
    this.#options = options;
    this.#agent =
      options.tls === false ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  }

  /** @throws Error of node:net, node:tls or node:http when no answer comes */
  post(
    address: string,
    path: string,
    headers: Record<string, string>,
    body: string | Buffer,
  ): Promise<HttpAnswer> {
    const { tls = true, ca, verifyTls = true, timeoutMs = defaultTimeoutMs } = this.#options;
    const target = splitAddress(this.#target(address));
    const common = {
      method: 'POST',
      host: target.host,
      port: target.port ?? (tls ? 443 : 80),
      path,
      agent: this.#agent,
      headers: { Host: address, ...headers, 'Content-Length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const secure = { ca: ca && [ca].flat().map(toPem), rejectUnauthorized: verifyTls };
    return new Promise((resolve, reject) => {
      const request = tls
        ? httpsRequest({ ...common, ...secure, servername: serverName(address) })
        : httpRequest(common);
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxAnswerOctets) request.destroy(new Error('answer is longer than 16 MiB'));
          chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
      });
      request.end(body);
    });
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#agent.destroy();
  }

  #target(address: string): string {
    const { connect } = this.#options;
    return (typeof connect === 'function' ? connect(address) : connect) ?? address;
  }
}

/** The name for SNI; an IP address has none (RFC 6066 section 3). */
function serverName(address: string): string {
  const host = hostOf(address);
  return isIP(host) ? '' : host;
}

/** Node takes CA certificates as PEM only. */
const toPem = (certificate: string | Buffer): string | Buffer =>
  certificate[0] === 0x30 ? new X509Certificate(certificate).toString() : certificate;
