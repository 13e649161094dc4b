import {
  createConnection,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';
import { whenDone } from '../when-done.js';
import { Messages } from './messages.js';

const commit = Buffer.from('COMMIT\0');

type Side = 'client' | 'server';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** How many more messages of each side pass. */
  readonly allowed: Record<Side, number>;
}

/** A way to PostgreSQL that a test can break. */
export class Link {
  readonly #pairs = new Set<Pair>();
  readonly #target: NetConnectOpts;
  #server: Server | undefined;
  #port = 0;
  #breaks: 'before' | 'after' | undefined;
  #held: (() => void)[] | undefined;
  /** Commits that passed the link. */
  commits = 0;
  /** Connections that were cut. */
  cuts = 0;

  private constructor(target: NetConnectOpts) {
    this.#target = target;
  }

  /** Opens a link to the server in `address`. */
  static async to(address: string): Promise<Link> {
    const { hostname, port, searchParams } = new URL(address);
    const folder = searchParams.get('host');
    const number = Number(port || 5432);
    const link = new Link(
      folder === null ? { host: hostname, port: number } : { path: `${folder}/.s.PGSQL.${number}` },
    );
    await link.restore();
    whenDone(() => link.break());
    return link;
  }

  /** `address` by way of the link. */
  url(address: string): string {
    const url = new URL(address);
    url.searchParams.delete('host');
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }

  /** Cuts the next connection that commits: before the server receives the commit, or after it has answered. */
  breakNextCommit(when: 'before' | 'after'): void {
    this.#breaks = when;
  }

  /** Holds commits back. @returns passes them on, and later ones too */
  holdCommits(): () => void {
    const held: (() => void)[] = [];
    this.#held = held;
    return () => {
      this.#held = undefined;
      for (const release of held) release();
    };
  }

  /** Cuts each open connection as soon as one side has sent more than `count` messages. */
  cutAfter(count: number, side: Side): void {
    for (const { allowed } of this.#pairs) allowed[side] = count;
  }

  /** Cuts all connections. */
  cut(): void {
    for (const pair of this.#pairs) this.#cut(pair);
  }

  /** Cuts all connections, and refuses new ones. */
  async break(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = server && new Promise((resolve) => server.close(resolve));
    this.cut();
    await closed;
  }

  async restore(): Promise<void> {
    const server = createServer((near) => this.#join(near));
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  #join(near: Socket): void {
    const far = createConnection(this.#target);
    const pair: Pair = { near, far, allowed: { client: Infinity, server: Infinity } };
    this.#pairs.add(pair);
    const cut = (): void => this.#cut(pair);
    for (const socket of [near, far]) socket.setNoDelay().on('error', cut).on('close', cut);
    this.#forward(pair, 'client', near, far);
    this.#forward(pair, 'server', far, near);
  }

  /** Passes messages on, as many as are allowed. */
  #forward(pair: Pair, side: Side, from: Socket, to: Socket): void {
    const messages = new Messages(side);
    from.on('data', (octets) => {
      for (const message of messages.of(octets)) {
        const isCommit = side === 'client' && message.includes(commit);
        if (isCommit && this.#breaks !== undefined) {
          pair.allowed[this.#breaks === 'before' ? 'client' : 'server'] = 0;
          this.#breaks = undefined;
        }
        if (pair.allowed[side]-- <= 0) return this.#cut(pair);
        if (isCommit) this.commits++;
        if (isCommit && this.#held) this.#held.push(() => to.write(message));
        else to.write(message);
      }
    });
  }

  /** Cuts the client off. The server still gets what was passed on. */
  #cut(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return;
    this.cuts++;
    pair.near.destroy();
    pair.far.end();
    pair.far.resume();
  }
}
