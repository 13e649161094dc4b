import type { RecordedExchange } from '../api/recording/index.js';
import { resultOf } from '../instruments/journal/index.js';
import { differencesOf, isComparedByShape } from './compare.js';
import { namesUnknownSession, type Obstacles } from './obstacles.js';
import type { Difference, ReplayedExchange } from './report.js';
import type { RecordedState } from './stage.js';
import type { ReplayServer } from './stand-in.js';
import type { RecordedValues } from './tape.js';

/** Sessions that went another way: by TransactionId, the first exchange that is answered otherwise. */
type Strayed = Map<string, number>;

/** What exchanges of one file are replayed with. */
export interface Replaying {
  readonly standIn: ReplayServer;
  readonly stage: RecordedState;
  readonly tape: RecordedValues;
  readonly obstacles: Obstacles;
  readonly strayed: Strayed;
}

/** Asks once more what was asked, and compares the answers. */
export async function replayExchange(
  { standIn, stage, tape, obstacles, strayed }: Replaying,
  recorded: RecordedExchange,
): Promise<ReplayedExchange> {
  const { id, interface: interfaceName, function: name, session, result } = recorded;
  const described = { id, interface: interfaceName, function: name, session, recorded: result };
  const why = obstacles.to(recorded);
  if (why !== undefined) return { ...described, outcome: 'notReplayed', differences: [], why };
  if (session !== undefined && (name === 'initiateAuthentication' || namesUnknownSession(recorded)))
    await stage.forgetSession(session, recorded.replay.arrivedAt);
  await stage.set(recorded);
  tape.load(recorded);
  const asked = await standIn.ask(recorded);
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
    return `may follow from exchange ${first} of the same session, which is answered otherwise`;
  if (differences.length > 0 && session !== undefined) strayed.set(session, id);
  return isComparedByShape(recorded)
    ? 'exported without secrets: of what is encrypted, only the length was compared'
    : undefined;
}
