import { exportFormat, type ExchangeFile, type RecordedExchange } from '../api/recording/index.js';
import { ReplayFileError, wrongAt } from './errors.js';
import { Obstacles } from './obstacles.js';
import { prepareStandIn } from './prepare.js';
import { readRecording, type Recording } from './read-file.js';
import { replayExchange, type Replaying } from './replay-exchange.js';
import type { ReplayedExchange, ReplayReport } from './report.js';
import { startStandIn } from './stand-in.js';
import { RecordedValues } from './tape.js';

export interface ReplayOptions {
  /** Only this session, by its TransactionId; default: all that is in the file. */
  readonly session?: string | undefined;
  /** Told of each exchange as soon as it is replayed. */
  readonly told?: ((exchange: ReplayedExchange) => void) | undefined;
}

/**
 * Has a server of this build answer what a recorded one was asked, and compares the answers: of the functions of ES9+ and
 * ES11, one after the other, each on the orders that it found then. Nothing is sent anywhere, and no private key of the
 * recorded server is needed.
 *
 * @param source a file that `mock-smdp session export` has written: its path or its octets; or what `smdp.journal.export()` gives
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

/** As {@link replay}, for a file that was read before. @throws ReplayFileError */
export async function replayRecording(file: Recording, options: ReplayOptions = {}): Promise<ReplayReport> {
  if (!isReplayable(file)) throw tooOld(file);
  const { session, told = () => undefined } = options;
  const meant = exchangesOf(file, session);
  const tape = new RecordedValues();
  const standIn = await startStandIn(file, tape);
  const exchanges: ReplayedExchange[] = [];
  try {
    const stage = await prepareStandIn(standIn, file);
    const replaying: Replaying = { standIn, stage, tape, obstacles: new Obstacles(file), strayed: new Map() };
    for (const [index, exchange] of file.exchanges.entries()) {
      if (!meant.has(exchange)) continue;
      const replayed = await replayExchange(replaying, exchange).catch((error: unknown) => {
        throw wrongAt(`exchanges.${index}`, error);
      });
      exchanges.push(replayed);
      told(replayed);
    }
  } finally {
    await standIn.close();
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

/** @throws ReplayFileError where there is no such session */
function exchangesOf(
  { exchanges }: ExchangeFile,
  session: string | undefined,
): ReadonlySet<RecordedExchange> {
  if (session === undefined) return new Set(exchanges);
  const meant = exchanges.filter((exchange) => exchange.session === session.toUpperCase());
  if (meant.length > 0) return new Set(meant);
  throw new ReplayFileError(
    `The file has no session ${session}: 'mock-smdp replay --show' tells which it has.`,
  );
}

const isReplayable = (file: Recording): file is ExchangeFile => file.format === exportFormat;

const tooOld = ({ format }: Recording): ReplayFileError =>
  new ReplayFileError(
    `The file is of the format '${format}', which can be shown but not replayed: it lacks certificates, settings and the orders as they were. Have it exported anew by this version.`,
  );
