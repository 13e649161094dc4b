import type { Route } from '../delivery/index.js';
import type { Callback, Operator, Store } from '../../store/index.js';
import { outcomeOfAnswer } from './answer.js';
import { connectOperator, type ClientTls } from './operator-client.js';

export interface OperatorRouteOptions {
  readonly store: Store;
  readonly tls: ClientTls;
  /** How long an operator may take to answer, in milliseconds. */
  readonly answerTimeout: number;
  /** Called after the result of each attempt has been stored. */
  readonly reportAttempt?: AttemptReport | undefined;
}

/**
 * @param problem why the operator did not accept the call; `undefined` if the operator accepted it
 * @param isTriedAgain whether the server keeps trying
 */
export type AttemptReport = (
  call: Callback,
  problem: string | undefined,
  isTriedAgain: boolean,
) => void | Promise<void>;

/** The queue of one operator. Messages about the same profile are sent one after another. */
export const operatorRoute = (
  operator: Operator,
  { store, tls, answerTimeout: timeout, reportAttempt }: OperatorRouteOptions,
): Route<Callback> => ({
  name: operator.identifier,
  endpoint: JSON.stringify([operator.callbackUrl, operator.callbackCa, operator.callbackClientCertificate]),
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
  received: async (call, now) => {
    await store.callbackDelivered(call, now);
    await reportAttempt?.(call, undefined, false);
  },
  postpone: async (call, next, { problem }) => {
    await store.callbackFailed(call, next, problem);
    await reportAttempt?.(call, problem, true);
  },
  giveUp: async (call, now, { problem }) => {
    await store.callbackDelivered(call, now, problem);
    await reportAttempt?.(call, problem, false);
  },
  giveBack: (call) => store.returnCallback(call),
});
