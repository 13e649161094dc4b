import type { ExchangeFile } from '../../src/api/recording/index.js';
import { replay, type ReplayOptions, type ReplayReport } from '../../src/replay/index.js';
import { startWatchedServer, type WatchedServer } from '../instruments/journal/support.js';

export { outcomeOf, smdpAddress } from '../instruments/journal/support.js';

/** A server whose exchanges can be exported. */
export interface RecordedServer extends WatchedServer {
  /** What `GET /exchanges/export` answers. */
  export(query?: string): Promise<ExchangeFile>;
}

/** Stopped after the test file. */
export async function startRecordedServer(
  flags: Parameters<typeof startWatchedServer>[0] = {},
): Promise<RecordedServer> {
  const server = await startWatchedServer(flags);
  return { ...server, export: (query = '') => server.get(`/exchanges/export?${query}`) };
}

/** Replays a file that is not on disk. */
export const replayed = (file: object, options?: ReplayOptions): Promise<ReplayReport> =>
  replay(Buffer.from(JSON.stringify(file)), options);

/** What differs, and what was not replayed, one line each. */
export const findingsOf = ({ exchanges }: ReplayReport): string[] =>
  exchanges.flatMap(({ id, function: name, why, differences }) => [
    ...(why === undefined ? [] : [`${id} ${name}: ${why}`]),
    ...differences.map(
      ({ path, recorded = 'nothing', now = 'nothing' }) => `${id} ${name}: ${path}: ${recorded} > ${now}`,
    ),
  ]);

/** Functions and results of the exchanges that a file has, in their order. */
export const resultsIn = ({ exchanges }: ExchangeFile): string[] =>
  exchanges.map(({ function: name, result }) => `${name} ${result}`);

/**
 * What is found when a file is replayed as a whole, session by session out of the whole, and with each session in a file
 * of its own.
 */
export async function everyFinding(server: RecordedServer): Promise<string[]> {
  const file = await server.export('secrets=true');
  const found = findingsOf(await replayed(file));
  for (const session of new Set(file.exchanges.flatMap((exchange) => exchange.session ?? []))) {
    const alone = await server.export(`secrets=true&session=${session}`);
    found.push(...findingsOf(await replayed(file, { session })), ...findingsOf(await replayed(alone)));
  }
  return found;
}
