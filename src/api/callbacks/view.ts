import Type, { type Static } from 'typebox';
import { orNull } from '../http/or-null.js';
import type { Callback } from '../../store/index.js';
import { isoTime } from '../profiles/view.js';

/** A message to an operator as JSON. */
export const CallbackView = Type.Object(
  {
    id: Type.Integer(),
    operator: Type.String({ description: 'functionRequesterIdentifier' }),
    iccid: Type.String(),
    state: Type.Enum(['waiting', 'delivered']),
    attempts: Type.Integer({ description: 'how often it was tried' }),
    queuedAt: Type.String(),
    nextAttemptAt: orNull(
      Type.String({ description: 'null: delivered, or an earlier call about the profile comes first' }),
    ),
    lastError: orNull(Type.String({ description: 'why the last attempt failed' })),
    deliveredAt: orNull(Type.String()),
    body: Type.Unknown({ description: 'what the operator receives (SGP.22 5.3.5)' }),
  },
  { description: 'A call of ES2+.HandleDownloadProgressInfo' },
);
export type CallbackView = Static<typeof CallbackView>;

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

export const callbackView = ({
  id,
  operator,
  iccid,
  attempts,
  lastError,
  body,
  ...times
}: Callback): CallbackView => ({
  ...{ id, operator, iccid },
  state: times.deliveredAt === null ? 'waiting' : 'delivered',
  attempts,
  queuedAt: isoTime(times.queuedAt),
  nextAttemptAt: timeOrNull(nextAttempt(times)),
  lastError,
  deliveredAt: timeOrNull(times.deliveredAt),
  body: JSON.parse(body) as unknown,
});

/** A message that was never tried is due since it was queued. */
const nextAttempt = ({
  nextAttemptAt,
  queuedAt,
}: Pick<Callback, 'nextAttemptAt' | 'queuedAt'>): number | null =>
  nextAttemptAt === 0 ? queuedAt : nextAttemptAt;
