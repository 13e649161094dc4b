import type { RecordedExchange } from '../api/recording/index.js';
import { resultOf } from '../instruments/journal/index.js';
import { differencesOf, isComparedByShape } from './compare.js';
import { namesUnknownSession, type Obstacles } from './obstacles.js';
import type { Difference, ReplayedExchange } from './report.js';
import type { RecordedState } from './recorded-state.js';
import type { ReplayServer } from './replay-server.js';
import type { RecordedValues } from './recorded-values.js';

/** The sessions with a different answer: TransactionId → the id of the first exchange whose answer differs. */
type Strayed = Map<string, number>;

/** The parts that together replay the exchanges of one file. */
export interface Replaying {
  readonly replayServer: ReplayServer;
  readonly recordedState: RecordedState;
  readonly recordedValues: RecordedValues;
  readonly obstacles: Obstacles;
  readonly strayed: Strayed;
}

/** Repeats a recorded request, and compares the new answer with the recorded one. */
export async function replayExchange(
  { replayServer, recordedState, recordedValues, obstacles, strayed }: Replaying,
  recorded: RecordedExchange,
): Promise<ReplayedExchange> {
  const { id, interface: interfaceName, function: name, session, result } = recorded;
  const described = { id, interface: interfaceName, function: name, session, recorded: result };
  const why = obstacles.to(recorded);
  if (why !== undefined) return { ...described, outcome: 'notReplayed', differences: [], why };
  if (session !== undefined && (name === 'initiateAuthentication' || namesUnknownSession(recorded)))
    await recordedState.forgetSession(session, recorded.replay.arrivedAt);
  await recordedState.set(recorded);
  recordedValues.load(recorded);
  const asked = await replayServer.ask(recorded);
  const differences = differencesOf(recorded, asked);
  const remark = remarkOn(recorded, differences, strayed);
  return {
    ...described,
    outcome: differences.length === 0 ? 'same' : 'different',
    now: resultOf(asked.exchange, asked.answer),
    differences,
    ...(remark !== undefined && { remark }),
  };
}

function remarkOn(
  recorded: RecordedExchange,
  differences: readonly Difference[],
  strayed: Strayed,
): string | undefined {
  const { session, id } = recorded;
  const first = session === undefined ? undefined : strayed.get(session);
  if (differences.length > 0 && first !== undefined)
    return `a possible consequence of exchange ${first} of the same session, which now has a different answer`;
  if (differences.length > 0 && session !== undefined) strayed.set(session, id);
  return isComparedByShape(recorded)
    ? 'exported without secrets: only the length of the encrypted data was compared'
    : undefined;
}
