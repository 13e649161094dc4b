import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { hostOf, splitAddress } from '../../base/address.js';

/** How the LPA connects to servers. */
export interface TransportOptions {
  /** CA certificates (PEM or DER) that the LPA trusts for TLS. Default: Node's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /**
   * Where to connect instead of the server's address: `host[:port]` for all servers, or a function of the address
   * (`undefined` connects to the address itself). SNI, Host and the certificate check still use the server's address.
   */
  readonly connect?: string | ((address: string) => string | undefined) | undefined;
  /** `false` speaks plain HTTP, to connect behind a TLS terminator. Default `true`. */
  readonly tls?: boolean | undefined;
  /** `false` accepts any TLS certificate, as some LPAs do. Default `true`. */
  readonly verifyTls?: boolean | undefined;
  /** Host name for SNI and the certificate check. Default: that of the server's address. */
  readonly tlsName?: string | undefined;
  /** Timeout of one request in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A connection to servers. {@link Transport} is the real one. */
export interface Link {
  /** @throws Error when no answer comes */
  post(
    address: string,
    path: string,
    headers: Record<string, string>,
    body: string | Buffer,
  ): Promise<HttpAnswer>;
}

/** Longer answers are refused. A bound profile package in base64 is far shorter. */
const maxAnswerOctets = 16 * 1024 * 1024;
const defaultTimeoutMs = 30_000;

/** Sends POST requests to servers over connections that stay open between requests. */
export class Transport implements Link {
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
    const { tls = true, ca, verifyTls = true, tlsName, timeoutMs = defaultTimeoutMs } = this.#options;
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
        ? httpsRequest({ ...common, ...secure, servername: serverName(tlsName ?? address) })
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

  /** Closes the open connections. */
  close(): void {
    this.#agent.destroy();
  }

  #target(address: string): string {
    const { connect } = this.#options;
    return (typeof connect === 'function' ? connect(address) : connect) ?? address;
  }
}

/** The name for SNI; empty for IP addresses (RFC 6066 section 3). */
function serverName(address: string): string {
  const host = hostOf(address);
  return isIP(host) ? '' : host;
}

/** Node accepts CA certificates only as PEM. */
const toPem = (certificate: string | Buffer): string | Buffer =>
  certificate[0] === 0x30 ? new X509Certificate(certificate).toString() : certificate;
