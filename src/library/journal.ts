import type {
  ExchangeDetails,
  ExchangeFile,
  ExchangeList,
  ExchangeQuery,
  OneSessionQuery,
  ReplayReport,
  SessionDetails,
  SessionList,
  SessionQuery,
  StatisticsQuery,
  StatisticsView,
} from '../api/index.js';
import type { ControlCalls } from '../server/index.js';
import { step, type CallApi } from './call.js';
import { eventsFrom, type EventOptions, type JournalEvent } from './events.js';

/** A point in the journal: the id of an exchange, or an instant. */
export type Since = number | string | Date;

/** Selects exchanges. An exchange must match all given members. */
export type ExchangeFilter = Omit<ExchangeQuery, 'since'> & {
  /** Only exchanges after this point. */
  readonly since?: Since | undefined;
};

/** Whether answers show confirmation codes, one-time private keys and session keys; default: false. */
export interface Secrets {
  readonly secrets?: boolean | undefined;
}

/** Requests of devices and operators, with their answers. All calls throw ControlError. */
export interface JournalCalls {
  /**
   * Lists the newest exchanges that match the filter, oldest first. If `since` is an id, lists the first exchanges
   * after that id instead.
   *
   * @param filter may also have `limit`: the maximum number of exchanges, 1 to 10,000, default 100
   */
  exchanges(filter?: ExchangeFilter & { readonly limit?: number | undefined }): Promise<ExchangeList>;
  /** Shows an exchange: both messages, raw and decoded, and its checks. 404: unknown id. */
  exchange(id: number, options?: Secrets): Promise<ExchangeDetails>;
  /** Lists the newest RSP sessions that match the filter, oldest first. */
  sessions(filter?: SessionQuery): Promise<SessionList>;
  /**
   * Shows a session with all its exchanges. With `beside`, also shows the exchanges with operators and SM-DSs about its
   * profile. `transactionId` is in hex digits. 404: unknown session.
   */
  session(
    transactionId: string,
    options?: Secrets & Pick<OneSessionQuery, 'beside'>,
  ): Promise<SessionDetails>;
  /** Exports exchanges. Written to a file as JSON, the result can be attached to a bug report, or replayed. */
  export(options?: ExchangeFilter & Secrets): Promise<ExchangeFile>;
  /**
   * Replays an export. The server starts a second server of its own version for the replay only, sends the recorded
   * requests to it, and compares the answers. 400: the file cannot be replayed; 409: another replay is running.
   *
   * @param session TransactionId of the only session to replay; default: all
   */
  replay(file: ExchangeFile, options?: { readonly session?: string | undefined }): Promise<ReplayReport>;
  /**
   * Removes the exchanges that match the filter. Without a filter, removes all exchanges. @returns number of removed
   * exchanges
   */
  clear(filter?: ExchangeFilter): Promise<number>;
  /**
   * Counts profiles by state, open sessions, and downloads and refusals in the last `minutes` (1 to 60, default 15).
   */
  statistics(query?: StatisticsQuery): Promise<StatisticsView>;
  /** Returns the id of the newest exchange. Pass it as `since` later to see only later exchanges. */
  mark(): Promise<number>;
  /**
   * Iterates over exchanges, profile transitions and events of virtual devices as they happen, from this call or from
   * `since` on. The iteration ends when the server stops or `signal` is aborted. On PostgreSQL the call takes a moment to
   * begin. To miss nothing that happens in this moment, pass `await mark()` as `since`.
   */
  events(options?: EventOptions): AsyncIterable<JournalEvent>;
}

export function journalBy(call: CallApi, open: ControlCalls['open']): JournalCalls {
  const mark = async (): Promise<number> =>
    (await call<ExchangeList>('GET', '/exchanges', { query: { limit: 1 } })).last;
  return {
    exchanges: (filter = {}) => call('GET', '/exchanges', { query: exchangeQuery(filter) }),
    statistics: (query = {}) => call('GET', '/statistics', { query }),
    exchange: (id, options = {}) => call('GET', `/exchanges/${id}`, { query: { ...options } }),
    sessions: (filter = {}) => call('GET', '/sessions', { query: filter }),
    session: (transactionId, options = {}) =>
      call('GET', `/sessions/${step(transactionId)}`, { query: { ...options } }),
    export: (options = {}) => call('GET', '/exchanges/export', { query: exchangeQuery(options) }),
    replay: (file, { session } = {}) =>
      call('POST', '/replay', { body: file, query: { ...(session !== undefined && { session }) } }),
    clear: async (filter = {}) =>
      (await call<{ removed: number }>('DELETE', '/exchanges', { query: exchangeQuery(filter) })).removed,
    mark,
    events({ since, signal } = {}) {
      const from = since === undefined ? mark() : Promise.resolve(since);
      // The iteration reports the error. Without this line, the error would also count as an unhandled rejection.
      from.catch(() => undefined);
      return eventsFrom(open, from, signal);
    },
  };
}

/** `since` in the form that the control API accepts. */
export const sinceText = (since: Since): string =>
  since instanceof Date ? since.toISOString() : String(since);

const exchangeQuery = <T extends ExchangeFilter>({ since, ...rest }: T) => ({
  ...rest,
  ...(since !== undefined && { since: sinceText(since) }),
});
