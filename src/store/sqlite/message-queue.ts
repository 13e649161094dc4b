import { selection } from '../columns.js';
import { atOnce } from '../limits.js';
import type { Addressed, MessageTable, QueuedMessage } from '../message-table.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { surplusOf, type Span } from './span.js';

/** The queue of messages in one table. */
export class MessageQueue<Message extends QueuedMessage, Key extends keyof Message> {
  readonly #due: string;
  readonly #lease: string;
  readonly #end: string;
  readonly #activateOldest: string;
  readonly #postpone: string;
  readonly #giveBack: string;
  readonly #countWaiting: string;
  readonly #oldestWaiting: string;
  readonly #remove: string;
  readonly #endAllLeases: string;

  constructor(private readonly of: MessageTable<Message, Key>) {
    const { table, columns, recipient, subject, endedAt } = of;
    const [to, about, ended] = [columns[recipient], columns[subject], columns[endedAt]];
    this.#due = `
      SELECT ${selection(columns)} FROM ${table} INDEXED BY ${table}_due
      WHERE ${to} = ? AND ${isDue('next_attempt_at')} AND (leased_until IS NULL OR ${isDue('leased_until')})
      ORDER BY next_attempt_at, id LIMIT ?`;
    this.#lease = `
      UPDATE ${table} SET leased_until = ? WHERE id = ? AND next_attempt_at = ? AND leased_until IS ?`;
    this.#end = `
      UPDATE ${table}
      SET ${ended} = ?, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = ?
      WHERE id = ? AND ${ended} IS NULL`;
    this.#activateOldest = `
      UPDATE ${table} SET next_attempt_at = ${atOnce}
      WHERE next_attempt_at IS NULL AND id = (
        SELECT min(id) FROM ${table} INDEXED BY ${table}_waiting
        WHERE ${to} = ? AND ${about} = ? AND ${ended} IS NULL)`;
    this.#postpone = `
      UPDATE ${table} SET next_attempt_at = ?, leased_until = NULL, attempts = attempts + 1, last_error = ?
      WHERE id = ? AND leased_until = ?`;
    this.#giveBack = `UPDATE ${table} SET leased_until = NULL WHERE id = ? AND leased_until = ?`;
    this.#countWaiting = `SELECT count(*) AS "count" FROM ${table} WHERE ${ended} IS NULL`;
    this.#oldestWaiting = `
      SELECT id, ${to} AS "${String(recipient)}", ${about} AS "${String(subject)}" FROM ${table}
      WHERE ${ended} IS NULL ORDER BY id LIMIT ?`;
    this.#remove = `DELETE FROM ${table} WHERE id = ?`;
    this.#endAllLeases = `
      UPDATE ${table} SET leased_until = NULL WHERE next_attempt_at IS NOT NULL AND leased_until IS NOT NULL`;
  }

  /** Makes the oldest waiting message about the same subject due. */
  activateOldest(connection: Connection, message: Pick<Message, Key>): void {
    const { recipient, subject } = this.of;
    connection.prepare(this.#activateOldest).run(message[recipient], message[subject]);
  }

  lease(
    connection: Connection,
    recipient: unknown,
    now: number,
    until: number,
    limit: number,
  ): Promise<readonly Message[]> {
    return connection.attempt(() => {
      // This check takes no lock. Usually it finds nothing due.
      const candidates = connection
        .prepare<Message>(this.#due)
        .all(recipient, ...dueAt(now), ...dueAt(now), limit);
      if (candidates.length === 0) return [];
      const taken = connection.transaction(() =>
        candidates.filter(
          ({ id, nextAttemptAt, leasedUntil }) =>
            connection.prepare(this.#lease).run(until, id, nextAttemptAt, leasedUntil).changes === 1,
        ),
      );
      return taken.map((message) => ({ ...message, leasedUntil: until }));
    });
  }

  end(connection: Connection, message: Message, at: number, remark?: string): Promise<void> {
    return connection.attempt(() =>
      connection.transaction(() => {
        connection.prepare(this.#end).run(at, remark ?? null, message.id);
        this.activateOldest(connection, message);
      }),
    );
  }

  postpone(
    connection: Connection,
    { id, leasedUntil }: QueuedMessage,
    nextAttemptAt: number,
    error: string,
  ): Promise<void> {
    return connection.attempt(() => {
      connection.prepare(this.#postpone).run(nextAttemptAt, error, id, leasedUntil);
    });
  }

  giveBack(connection: Connection, { id, leasedUntil }: QueuedMessage): Promise<void> {
    return connection.attempt(() => {
      connection.prepare(this.#giveBack).run(id, leasedUntil);
    });
  }

  /** Ends all leases, because the processes that held them may have ended. */
  endLeases(connection: Connection): void {
    connection.prepare(this.#endAllLeases).run();
  }

  /** The messages that ended too long ago to be kept. */
  old(now: number): Span {
    return this.#endedUntil(now - this.of.keptFor - 1);
  }

  /** The oldest ended messages beyond the limit. */
  surplus(connection: Connection, kept = this.of.kept): readonly Span[] {
    return surplusOf(connection, this.#endedUntil(Number.MAX_SAFE_INTEGER), kept);
  }

  /**
   * If more than `kept` messages are waiting, drops the oldest, up to `limit` at a time. So many messages wait only if
   * their recipients have not answered for a long time.
   * @returns whether there may be more messages to drop
   */
  giveUpOldest(connection: Connection, limit: number, kept = this.of.kept): boolean {
    const surplus = connection.prepare<{ count: number }>(this.#countWaiting).get()!.count - kept;
    if (surplus <= 0) return false;
    connection.transaction(() => {
      for (const message of connection
        .prepare<Addressed<Message, Key>>(this.#oldestWaiting)
        .all(Math.min(surplus, limit))) {
        connection.prepare(this.#remove).run(message.id);
        this.activateOldest(connection, message);
      }
    });
    return surplus > limit;
  }

  #endedUntil(upTo: number): Span {
    const { table, columns, endedAt } = this.of;
    return { table, column: columns[endedAt], above: Number.MIN_SAFE_INTEGER, upTo };
  }
}
