import Type, { type Static } from 'typebox';
import type { Callback } from '../../store/index.js';
import { orNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime, timeOrNull } from '../iso-time.js';
import { nextAttempt } from '../next-attempt.js';

/** A message to an operator as JSON. */
export const callbackView = viewFrom<Callback>()(
  (member) => ({
    id: member(Type.Integer(), ({ id }) => id),
    operator: member(Type.String({ description: 'functionRequesterIdentifier' }), ({ operator }) => operator),
    iccid: member(Type.String(), ({ iccid }) => iccid),
    state: member(Type.Enum(['waiting', 'delivered']), ({ deliveredAt }) =>
      deliveredAt === null ? 'waiting' : 'delivered',
    ),
    attempts: member(
      Type.Integer({ description: 'number of attempts to send the message' }),
      ({ attempts }) => attempts,
    ),
    queuedAt: member(Type.String(), ({ queuedAt }) => isoTime(queuedAt)),
    nextAttemptAt: member(
      orNull(
        Type.String({
          description:
            'time of the next attempt; null: the message is delivered, or must wait for an earlier message about the same profile',
        }),
      ),
      nextAttempt,
    ),
    lastError: member(
      orNull(Type.String({ description: 'why the last attempt failed' })),
      ({ lastError }) => lastError,
    ),
    deliveredAt: member(orNull(Type.String()), ({ deliveredAt }) => timeOrNull(deliveredAt)),
    body: member(
      Type.Unknown({ description: 'what the operator receives (SGP.22 5.3.5)' }),
      ({ body }) => JSON.parse(body) as unknown,
    ),
  }),
  { description: 'A message to an operator (ES2+.HandleDownloadProgressInfo)' },
);
export const CallbackView = callbackView.schema;
export type CallbackView = Static<typeof CallbackView>;
