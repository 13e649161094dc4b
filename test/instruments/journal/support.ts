import type { ExchangeDetails, ExchangeSummary, SessionView } from '../../../src/api/index.js';
import { outcomeOf, startFaultyServer, type FaultyServer } from '../faults/support.js';

export { outcomeOf };

export interface WatchedServer extends FaultyServer {
  /** Prepares a profile. */
  prepare(request?: object): Promise<{ iccid: string; matchingId: string }>;
  get<T>(path: string): Promise<T>;
  /** The exchanges that match a query. */
  exchanges(query?: string): Promise<readonly ExchangeSummary[]>;
  /** The single exchange that matches a query, in full. */
  exchange(query: string, secrets?: boolean): Promise<ExchangeDetails>;
  session(transactionId: string): Promise<SessionView & { readonly exchanges: readonly ExchangeDetails[] }>;
}

export const smdpAddress = 'localhost';

/** A server with its journal, stopped after the test file. */
export async function startWatchedServer(
  flags: Parameters<typeof startFaultyServer>[0] = {},
): Promise<WatchedServer> {
  const server = await startFaultyServer(flags);
  const get = async <T>(path: string): Promise<T> => (await server.call('GET', path)).body as T;
  const exchanges: WatchedServer['exchanges'] = async (query = '') =>
    (await get<{ items: ExchangeSummary[] }>(`/exchanges?${query}`)).items;
  return {
    ...server,
    get,
    exchanges,
    prepare: async (request = {}) =>
      (await server.call('POST', '/profiles', request)).body as { iccid: string; matchingId: string },
    async exchange(query, secrets = false) {
      const found = await exchanges(query);
      if (found.length !== 1) throw new Error(`${found.length} exchanges instead of one: ${query}`);
      return get(`/exchanges/${found[0]!.id}?secrets=${secrets}`);
    },
    session: (transactionId) => get(`/sessions/${transactionId}`),
  };
}
