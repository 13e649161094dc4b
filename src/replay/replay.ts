import { exportFormat, type ExchangeFile, type RecordedExchange } from '../api/recording/index.js';
import { ReplayFileError, wrongAt } from './errors.js';
import { Obstacles } from './obstacles.js';
import { prepareReplayServer } from './prepare.js';
import { readRecording, type Recording } from './read-file.js';
import { replayExchange, type Replaying } from './replay-exchange.js';
import type { ReplayedExchange, ReplayReport } from './report.js';
import { startReplayServer } from './replay-server.js';
import { RecordedValues } from './recorded-values.js';

export interface ReplayOptions {
  /** The TransactionId of a session. If given, only this session is replayed. */
  readonly session?: string | undefined;
  /** Called after each replayed exchange. */
  readonly told?: ((exchange: ReplayedExchange) => void) | undefined;
}

/**
 * Sends recorded requests to a server of this build and compares the answers with the recorded answers. Replays only the functions of ES9+
 * and ES11, in their recorded order. Before each request, the database gets the orders that the recorded server had at that time. Nothing
 * leaves the process, and no private key of the recorded server is needed.
 *
 * @param source a file of `mock-smdp session export` (its path or octets), or the result of `smdp.journal.export()`
 * @example
 *     const { counts } = await replay('report.json');
 *     expect(counts.different).toBe(0);
 * @throws ReplayFileError
 */
export async function replay(
  source: string | Uint8Array | ExchangeFile,
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  return replayRecording(await readRecording(source), options);
}

/** Like {@link replay}, for a file that was already read. @throws ReplayFileError */
export async function replayRecording(file: Recording, options: ReplayOptions = {}): Promise<ReplayReport> {
  if (!isReplayable(file)) throw tooOld(file);
  const { session, told = () => undefined } = options;
  const meant = exchangesOf(file, session);
  const recordedValues = new RecordedValues();
  const replayServer = await startReplayServer(file, recordedValues);
  const exchanges: ReplayedExchange[] = [];
  try {
    const recordedState = await prepareReplayServer(replayServer, file);
    const replaying: Replaying = {
      replayServer,
      recordedState,
      recordedValues,
      obstacles: new Obstacles(file),
      strayed: new Map(),
    };
    for (const [index, exchange] of file.exchanges.entries()) {
      if (!meant.has(exchange)) continue;
      const replayed = await replayExchange(replaying, exchange).catch((error: unknown) => {
        throw wrongAt(`exchanges.${index}`, error);
      });
      exchanges.push(replayed);
      told(replayed);
    }
  } finally {
    await replayServer.close();
  }
  return {
    address: file.address,
    recordedVersion: file.version,
    exchanges,
    counts: countsOf(exchanges),
  };
}

function countsOf(exchanges: readonly ReplayedExchange[]): ReplayReport['counts'] {
  const counts = { same: 0, different: 0, notReplayed: 0 };
  for (const { outcome } of exchanges) counts[outcome]++;
  return counts;
}

/** @throws ReplayFileError if there is no such session */
function exchangesOf(
  { exchanges }: ExchangeFile,
  session: string | undefined,
): ReadonlySet<RecordedExchange> {
  if (session === undefined) return new Set(exchanges);
  const meant = exchanges.filter((exchange) => exchange.session === session.toUpperCase());
  if (meant.length > 0) return new Set(meant);
  throw new ReplayFileError(
    `The file has no session ${session}: 'mock-smdp replay --show' lists its sessions.`,
  );
}

const isReplayable = (file: Recording): file is ExchangeFile => file.format === exportFormat;

const tooOld = ({ format }: Recording): ReplayFileError =>
  new ReplayFileError(
    `The file has the format '${format}', which can be shown but not replayed, because it lacks certificates, settings and orders. Export the exchanges again with this version.`,
  );
