import type { FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Operation, ParkedDevice } from '../../device/park/index.js';
import { clientGoneSignal } from '../http/closing.js';
import { problemResponses } from '../http/problem.js';
import { locationOfDevice } from './lookup.js';
import { OperationView, operationView } from './operation-view.js';

/** Query of calls that start an operation. */
export const WaitQuery = Type.Object(
  {
    wait: Type.Optional(
      Type.String({
        pattern: '^(true|false|[0-9]{1,3})$',
        description:
          'true (60 seconds) or a number of seconds up to 999: the server waits at most this long until the operation ends or the device asks its user; default: false',
      }),
    ),
  },
  { additionalProperties: false },
);
export type WaitQuery = Static<typeof WaitQuery>;

const defaultWait = 60;

/** Seconds to wait. */
const secondsOf = ({ wait = 'false' }: WaitQuery): number =>
  wait === 'true' ? defaultWait : wait === 'false' ? 0 : Number(wait);

/** Response schemas of calls that start an operation. */
export const operationResponses = {
  200: OperationView,
  202: OperationView,
  ...problemResponses,
};

/**
 * Waits until the operation ends or the device asks its user, but no longer than the query says. Answers with the operation: 200 if it
 * has ended, otherwise 202.
 *
 * @param closing a signal that is aborted when the server stops
 */
export async function answerWith(
  reply: FastifyReply,
  device: ParkedDevice,
  operation: Operation,
  query: WaitQuery,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const seconds = secondsOf(query);
  if (seconds > 0) {
    const gone = clientGoneSignal(reply, closing);
    await operation.settled(AbortSignal.any([gone, AbortSignal.timeout(seconds * 1000)]));
  }
  return reply
    .code(operation.hasEnded ? 200 : 202)
    .header('Location', `${locationOfDevice(device)}/operations/${operation.record.id}`)
    .send(operationView.of(operation));
}
