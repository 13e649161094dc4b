import type { Exchange } from '../exchanges/exchange.js';
import type { ExchangeEntry, SessionTrace } from './entry.js';
import { namedTransaction } from './named-transaction.js';

/** The sessions of the exchanges in the journal, in the order they began. */
export class Traces {
  readonly #sessions = new Map<string, SessionTrace>();

  all(): Iterable<SessionTrace> {
    return this.#sessions.values();
  }

  /** @param transactionId hex in upper or lower case */
  get(transactionId: string): SessionTrace | undefined {
    return this.#sessions.get(transactionId.toUpperCase());
  }

  /** The session of an exchange. Adds the facts of the exchange to the session. `undefined`: the exchange has no TransactionId. */
  of(exchange: Exchange): SessionTrace | undefined {
    const { facts } = exchange;
    const transactionId = facts.transactionId ?? namedTransaction(exchange);
    if (transactionId === undefined) return undefined;
    let session = this.#sessions.get(transactionId);
    if (!session)
      this.#sessions.set(transactionId, (session = { transactionId, entries: [], learned: 0, known: {} }));
    for (const fact of ['eid', 'matchingId', 'iccid', 'namespace'] as const) {
      if (session.known[fact] !== undefined || facts[fact] === undefined) continue;
      session.known[fact] = facts[fact];
      session.learned++;
    }
    return session;
  }

  /** Removes an entry from its session. If the session has no other entries, removes the session too. */
  forget(entry: ExchangeEntry): void {
    if (!entry.session) return;
    const { entries, transactionId } = entry.session;
    const at = entries.indexOf(entry);
    if (at >= 0) entries.splice(at, 1);
    if (entries.length === 0) this.#sessions.delete(transactionId);
  }
}
