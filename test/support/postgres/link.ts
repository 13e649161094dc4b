import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { whenDone } from '../when-done.js';

const commit = Buffer.from('COMMIT\0');

/** A way to PostgreSQL that a test can break. */
export class Link {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #target: string;
  #server: Server | undefined;
  #port = 0;
  #breaks: 'before' | 'after' | undefined;
  /** Commits that reached the link. */
  commits = 0;

  private constructor(target: string) {
    this.#target = target;
  }

  /** Opens a link to the server in `address`, which has its socket in a folder. */
  static async to(address: string): Promise<Link> {
    const folder = new URL(address).searchParams.get('host');
    const link = new Link(`${folder}/.s.PGSQL.5432`);
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

  /** Cuts all connections. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
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
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const cut = (): void => {
      this.#pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    let isBreaking = false;
    for (const socket of pair) socket.on('error', cut).on('close', cut);
    near.on('data', (octets) => {
      if (octets.includes(commit)) {
        this.commits++;
        const breaks = this.#breaks;
        this.#breaks = undefined;
        if (breaks === 'before') return cut();
        isBreaking = breaks === 'after';
      }
      far.write(octets);
    });
    far.on('data', (octets) => (isBreaking ? cut() : near.write(octets)));
  }
}
