import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { hostOf, splitAddress } from '../../base/address.js';

/** The options of the LPA's connections to servers. */
export interface TransportOptions {
  /** The CA certificates (PEM or DER) that the LPA trusts for TLS. Default: those that Node trusts. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /**
   * The address to which the LPA connects instead of the server's address: `host[:port]` for all servers, or a function of the server's
   * address. If the function returns `undefined`, the LPA connects to the server's address. SNI, the header Host and the certificate check
   * use the server's address in any case.
   */
  readonly connect?: string | ((address: string) => string | undefined) | undefined;
  /** Whether the LPA uses TLS. `false` (plain HTTP) is for a server whose TLS is terminated by a proxy. Default `true`. */
  readonly tls?: boolean | undefined;
  /** Whether the LPA verifies the server's TLS certificate. Some LPAs do not. Default `true`. */
  readonly verifyTls?: boolean | undefined;
  /** The host name for SNI and for the certificate check. Default: the host in the server's address. */
  readonly tlsName?: string | undefined;
  /** Timeout of one request in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends requests to servers. {@link Transport} is the real implementation. */
export interface Link {
  /** @throws Error when the server does not answer */
  post(
    address: string,
    path: string,
    headers: Record<string, string>,
    body: string | Buffer,
  ): Promise<HttpAnswer>;
}

/** The longest accepted answer. A bound profile package in base64 is far shorter. */
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

  /** @throws Error of node:net, node:tls or node:http when the server does not answer */
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

/** The name for SNI. Empty for an IP address (RFC 6066 section 3). */
function serverName(address: string): string {
  const host = hostOf(address);
  return isIP(host) ? '' : host;
}

/** Node accepts CA certificates only as PEM. */
const toPem = (certificate: string | Buffer): string | Buffer =>
  certificate[0] === 0x30 ? new X509Certificate(certificate).toString() : certificate;
