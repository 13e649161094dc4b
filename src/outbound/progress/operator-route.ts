import type { Route } from '../delivery/index.js';
import type { Callback, Operator, Store } from '../../store/index.js';
import { outcomeOfAnswer } from './answer.js';
import { connectOperator, type ClientTls } from './operator-client.js';

export interface OperatorRouteOptions {
  readonly store: Store;
  readonly tls: ClientTls;
  /** How long an operator may take to answer, in milliseconds. */
  readonly answerTimeout: number;
}

/** The queue of one operator. Messages about one profile are sent one after the other. */
export const operatorRoute = (
  operator: Operator,
  { store, tls, answerTimeout: timeout }: OperatorRouteOptions,
): Route<Callback> => ({
  name: operator.identifier,
  way: JSON.stringify([operator.callbackUrl, operator.callbackCa, operator.callbackClientCertificate]),
  remarks: {
    about: { operator: operator.identifier },
    failing: 'the operator cannot be notified of downloads; the server keeps trying',
    again: 'the operator can be notified of downloads again',
  },
  connect(width) {
    const client = connectOperator(operator, { tls, timeout, width });
    return {
      deliver: async ({ body }, signal) =>
        outcomeOfAnswer(await client.handleDownloadProgressInfo(body, signal)),
      close: () => client.close(),
    };
  },
  lease: (...terms) => store.leaseCallbacks(operator.identifier, ...terms),
  received: (call, now) => store.callbackDelivered(call, now),
  postpone: (call, next, { problem }) => store.callbackFailed(call, next, problem),
  giveUp: (call, now, { problem }) => store.callbackDelivered(call, now, problem),
  giveBack: (call) => store.returnCallback(call),
});
