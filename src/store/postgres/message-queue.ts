import { selection } from '../columns.js';
import { atOnce } from '../limits.js';
import type { Addressed, MessageTable, QueuedMessage } from '../message-table.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { allOf, type Queries } from './queries.js';
import { surplusOf, type Span } from './span.js';

/**
 * One transaction at a time may queue or end messages about a subject. Otherwise one transaction could queue a message while
 * another ends the preceding message. Neither would see the other's row, and the new message would never become due.
 */
const alone = 'SELECT pg_advisory_xact_lock(hashtextextended($1, $2))';

/** The key that {@link alone} locks. Older versions of the server may run at the same time and lock the same key. */
export type Lock = readonly [text: string, seed: number];

/** The queue of messages in one table, for all instances. */
export class MessageQueue<Message extends QueuedMessage, Key extends keyof Message> {
  readonly #lease: string;
  readonly #end: string;
  readonly #activateOldest: string;
  readonly #postpone: string;
  readonly #giveBack: string;
  readonly #countWaiting: string;
  readonly #oldestWaiting: string;
  readonly #remove: string;

  /** @param lockOf returns the key that a transaction locks before it queues or ends the message */
  constructor(
    private readonly of: MessageTable<Message, Key>,
    private readonly lockOf: (message: Pick<Message, Key>) => Lock,
  ) {
    const { table, columns, recipient, subject, endedAt } = of;
    const [to, about, ended] = [columns[recipient], columns[subject], columns[endedAt]];
    // Skips locked rows, because another instance is leasing them.
    this.#lease = `
      WITH due AS (
        SELECT * FROM ${table}
        WHERE ${to} = $1 AND ${isDue('next_attempt_at', 2)} AND (leased_until IS NULL OR ${isDue('leased_until', 2)})
        ORDER BY next_attempt_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
      ), leased AS (UPDATE ${table} SET leased_until = $4 FROM due WHERE ${table}.id = due.id)
      SELECT ${selection(columns)} FROM due ORDER BY next_attempt_at, id`;
    this.#end = `
      UPDATE ${table}
      SET ${ended} = $1, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = $2
      WHERE id = $3 AND ${ended} IS NULL`;
    this.#activateOldest = `
      UPDATE ${table} SET next_attempt_at = ${atOnce}
      WHERE next_attempt_at IS NULL AND id = (
        SELECT id FROM ${table} WHERE ${to} = $1 AND ${about} = $2 AND ${ended} IS NULL ORDER BY id LIMIT 1)`;
    this.#postpone = `
      UPDATE ${table} SET next_attempt_at = $1, leased_until = NULL, attempts = attempts + 1, last_error = $2
      WHERE id = $3 AND leased_until = $4`;
    this.#giveBack = `UPDATE ${table} SET leased_until = NULL WHERE id = $1 AND leased_until = $2`;
    this.#countWaiting = `SELECT count(*) AS "count" FROM ${table} WHERE ${ended} IS NULL`;
    this.#oldestWaiting = `
      SELECT id, ${to} AS "${String(recipient)}", ${about} AS "${String(subject)}" FROM ${table}
      WHERE ${ended} IS NULL ORDER BY id LIMIT $1`;
    this.#remove = `DELETE FROM ${table} WHERE id = $1`;
  }

  /** Runs `change`, which adds or ends the message. Then the oldest waiting message about the same subject becomes due. */
  async change(queries: Queries, message: Pick<Message, Key>, change: () => Promise<unknown>): Promise<void> {
    const { recipient, subject } = this.of;
    await allOf([
      queries.first(alone, this.lockOf(message)),
      change(),
      queries.run(this.#activateOldest, [message[recipient], message[subject]]),
    ]);
  }

  async lease(
    connection: Connection,
    recipient: unknown,
    now: number,
    until: number,
    limit: number,
  ): Promise<readonly Message[]> {
    const due = await connection.all<Message>(this.#lease, [recipient, ...dueAt(now), until, limit]);
    return due.map((message) => ({ ...message, leasedUntil: until }));
  }

  end(connection: Connection, message: Message, at: number, remark?: string): Promise<void> {
    return connection.transaction((queries) =>
      this.change(queries, message, () => queries.run(this.#end, [at, remark ?? null, message.id])),
    );
  }

  async postpone(
    connection: Connection,
    { id, leasedUntil }: QueuedMessage,
    nextAttemptAt: number,
    error: string,
  ): Promise<void> {
    await connection.run(this.#postpone, [nextAttemptAt, error, id, leasedUntil]);
  }

  async giveBack(connection: Connection, { id, leasedUntil }: QueuedMessage): Promise<void> {
    await connection.run(this.#giveBack, [id, leasedUntil]);
  }

  /** The messages that ended too long ago to be kept. */
  old(now: number): Span {
    return this.#endedUntil(now - this.of.keptFor - 1);
  }

  /** The oldest ended messages beyond the limit. */
  surplus(queries: Queries, kept = this.of.kept): Promise<readonly Span[]> {
    return surplusOf(queries, this.#endedUntil(Number.MAX_SAFE_INTEGER), kept);
  }

  /**
   * If more than `kept` messages are waiting, drops the oldest, up to `limit` at a time. So many messages wait only if their recipients
   * have not answered for a long time.
   * @returns whether there may be more messages to drop
   */
  async giveUpOldest(queries: Queries, limit: number, kept = this.of.kept): Promise<boolean> {
    const surplus = (await queries.first<{ count: number }>(this.#countWaiting))!.count - kept;
    if (surplus <= 0) return false;
    const oldest = await queries.all<Addressed<Message, Key>>(this.#oldestWaiting, [
      Math.min(surplus, limit),
    ]);
    for (const message of oldest)
      await this.change(queries, message, () => queries.run(this.#remove, [message.id]));
    return surplus > limit;
  }

  #endedUntil(upTo: number): Span {
    const { table, columns, endedAt } = this.of;
    return { table, column: columns[endedAt], above: Number.MIN_SAFE_INTEGER, upTo };
  }
}
