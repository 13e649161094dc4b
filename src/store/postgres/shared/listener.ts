import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Connection } from '../connection.js';

export interface Listening {
  /** Called when the connection listens, and again after each reconnection, because messages may have been missed. */
  readonly opened: (client: Client, isReopened: boolean) => Promise<void>;
  readonly heard: (message: string) => Promise<void>;
}

/** Milliseconds before the connection is opened again. */
const pauseBeforeReopening = 100;
/** Milliseconds between two checks that the connection still works. */
const checkEvery = 5_000;

/** A connection that listens to a channel of PostgreSQL. It reconnects whenever the connection is lost. */
export class Listener {
  #client: Client | undefined;
  #work: Promise<void> = Promise.resolve();
  #check: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly channel: string,
    private readonly listening: Listening,
  ) {}

  /** Opens the connection. @throws StoreError */
  async open(): Promise<void> {
    await this.connection.attempt(() => this.#connect(false));
    this.#check = setInterval(() => {
      this.#client?.query('SELECT 1').catch(() => this.#client?.end().catch(ignore));
    }, checkEvery);
    this.#check.unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#check);
    await this.#client?.end().catch(ignore);
    await this.#work;
  }

  async #connect(isReopened: boolean): Promise<void> {
    const client = this.connection.lone();
    try {
      await client.connect();
      client.on('notification', ({ payload = '' }) => this.#then(() => this.listening.heard(payload)));
      await client.query(`LISTEN ${this.channel}`);
      await this.listening.opened(client, isReopened);
    } catch (error) {
      await client.end().catch(ignore);
      throw error;
    }
    this.#client = client;
    client.once('end', () => void this.#reopen());
  }

  async #reopen(): Promise<void> {
    this.#client = undefined;
    while (!this.#isClosed && this.#client === undefined) {
      await pause(pauseBeforeReopening, undefined, { ref: false });
      if (!this.#isClosed) await this.#connect(true).catch(ignore);
    }
  }

  /**
   * Handles one message after the other. If handling a message fails, the error is ignored: the next reconnection catches up with every
   * topic.
   */
  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(ignore);
  }
}

const ignore = (): void => undefined;
