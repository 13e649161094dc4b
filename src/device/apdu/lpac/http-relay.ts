import { Transport, type TransportOptions } from '../../lpa/index.js';

/** How {@link HttpRelay} connects to servers. */
export interface HttpRelayOptions extends Pick<TransportOptions, 'ca' | 'verifyTls' | 'timeoutMs'> {
  /**
   * Sends every request to this server, even if the URL of the request names another server. The Host header still
   * names the server of the URL. The TLS certificate is checked for the host of `to`. Default: the server of the URL.
   */
  readonly to?: URL | undefined;
}

/** Headers that belong to the connection. The relay sets them itself. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
]);

/** Sends HTTP requests for a program without an HTTP client. */
export class HttpRelay {
  readonly #options: HttpRelayOptions;
  readonly #transports = new Map<boolean, Transport>();

  constructor(options: HttpRelayOptions = {}) {
    this.#options = options;
  }

  /**
   * Sends a POST request.
   *
   * @param headers each as `Name: value`
   * @throws Error with a readable message, if the URL or a header is unusable or if no answer arrives
   */
  async post(
    url: string,
    headers: readonly string[],
    body: Buffer,
  ): Promise<{ status: number; body: Buffer }> {
    const asked = readUrl(url);
    const isTls = (this.#options.to ?? asked).protocol === 'https:';
    const path = asked.pathname + asked.search;
    return this.#transport(isTls).post(asked.host, path, readHeaders(headers), body);
  }

  /** Closes the open connections. */
  close(): void {
    for (const transport of this.#transports.values()) transport.close();
  }

  #transport(isTls: boolean): Transport {
    const present = this.#transports.get(isTls);
    if (present) return present;
    const { to, ...options } = this.#options;
    const transport = new Transport({ ...options, tls: isTls, ...(to && target(to)) });
    this.#transports.set(isTls, transport);
    return transport;
  }
}

const target = (to: URL): TransportOptions => ({ connect: to.host, tlsName: to.host });

function readUrl(url: string): URL {
  if (!URL.canParse(url)) throw new Error(`'${url}' is not a URL`);
  const asked = new URL(url);
  if (asked.protocol !== 'https:' && asked.protocol !== 'http:')
    throw new Error(`'${url}' is not an HTTP URL`);
  return asked;
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new Error(`'${line}' is not a header; a header needs a name and a colon`);
    const name = line.slice(0, colon).trim();
    if (!ownHeaders.has(name.toLowerCase())) headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}
