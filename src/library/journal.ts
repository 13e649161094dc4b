import type {
  ExchangeDetails,
  ExchangeFile,
  ExchangeList,
  ExchangeQuery,
  SessionDetails,
  SessionList,
  SessionQuery,
} from '../api/index.js';
import type { ControlCalls } from '../server/index.js';
import { step, type CallApi } from './call.js';
import { eventsFrom, type EventOptions, type JournalEvent } from './events.js';

/** A point in the journal: the id of an exchange, or an instant. */
export type Since = number | string | Date;

/** Which exchanges are meant: those that agree with every member that is given. */
export type ExchangeFilter = Omit<ExchangeQuery, 'since'> & {
  /** Only what came after. */
  readonly since?: Since | undefined;
};

/** Whether confirmation codes, one-time private keys and session keys are shown; default: they are not. */
export interface Secrets {
  readonly secrets?: boolean | undefined;
}

/** What devices and operators have asked, and what they were answered; all calls raise ControlError. */
export interface JournalCalls {
  /**
   * The newest exchanges that pass the filter, the oldest of them first; with an id as `since`, the first after it.
   *
   * @param filter with `limit`, 1 to 10,000, default 100
   */
  exchanges(filter?: ExchangeFilter & { readonly limit?: number | undefined }): Promise<ExchangeList>;
  /** One exchange: both messages, raw and decoded, and the checks that held or did not. 404: there is none. */
  exchange(id: number, options?: Secrets): Promise<ExchangeDetails>;
  /** The newest RSP sessions that pass the filter, the oldest of them first. */
  sessions(filter?: SessionQuery): Promise<SessionList>;
  /** One session with all its exchanges; `transactionId` in hex digits. 404: there is none. */
  session(transactionId: string, options?: Secrets): Promise<SessionDetails>;
  /** Exchanges as one file, to be written as JSON and attached to a report. */
  export(options?: ExchangeFilter & Secrets): Promise<ExchangeFile>;
  /** Removes the exchanges that pass the filter; without one all there are. @returns how many there were */
  clear(filter?: ExchangeFilter): Promise<number>;
  /** Where the journal ends now: to be given as `since` later on. */
  mark(): Promise<number>;
  /**
   * Exchanges and transitions of profiles as they happen from this call on, or from `since`: to be iterated over. It ends
   * with the server, or when `signal` is aborted.
   */
  events(options?: EventOptions): AsyncIterable<JournalEvent>;
}

export function journalBy(call: CallApi, open: ControlCalls['open']): JournalCalls {
  const mark = async (): Promise<number> =>
    (await call<ExchangeList>('GET', '/exchanges', { query: { limit: 1 } })).last;
  return {
    exchanges: (filter = {}) => call('GET', '/exchanges', { query: exchangeQuery(filter) }),
    exchange: (id, options = {}) => call('GET', `/exchanges/${id}`, { query: { ...options } }),
    sessions: (filter = {}) => call('GET', '/sessions', { query: filter }),
    session: (transactionId, options = {}) =>
      call('GET', `/sessions/${step(transactionId)}`, { query: { ...options } }),
    export: (options = {}) => call('GET', '/exchanges/export', { query: exchangeQuery(options) }),
    clear: async (filter = {}) =>
      (await call<{ removed: number }>('DELETE', '/exchanges', { query: exchangeQuery(filter) })).removed,
    mark,
    events({ since, signal } = {}) {
      const from = since === undefined ? mark() : Promise.resolve(since);
      // Whoever iterates is told; nobody else waits for it.
      from.catch(() => undefined);
      return eventsFrom(open, from, signal);
    },
  };
}

/** The member `since` as the control API takes it. */
export const sinceText = (since: Since): string =>
  since instanceof Date ? since.toISOString() : String(since);

const exchangeQuery = <T extends ExchangeFilter>({ since, ...rest }: T) => ({
  ...rest,
  ...(since !== undefined && { since: sinceText(since) }),
});
