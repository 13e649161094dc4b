import type { Clock } from '../../base/clock.js';
import { Courier, type DeliveryLog } from '../delivery/index.js';
import type { Callback, Store } from '../../store/index.js';
import type { ClientTls } from './operator-client.js';
import { operatorRoute, type AttemptReport } from './operator-route.js';

export interface ProgressCourierOptions {
  readonly store: Store;
  /** The clock that decides when the next attempt is due; see `CourierOptions`. */
  readonly clock: Clock;
  readonly tls: ClientTls;
  /** How long an operator may take to answer, in milliseconds. Default: 10 seconds. */
  readonly answerTimeout?: number | undefined;
  readonly log: DeliveryLog;
  /** Called after each attempt. */
  readonly reportAttempt?: AttemptReport | undefined;
}

/** The default time that an operator has to answer, in milliseconds. It is short, because the answer is only a status. */
const defaultAnswerTimeout = 10_000;

/** Sends the messages that are queued for operators. Messages about the same profile are sent in the order in which they were queued. */
export const progressCourier = ({
  store,
  clock,
  tls,
  answerTimeout = defaultAnswerTimeout,
  log,
  reportAttempt,
}: ProgressCourierOptions): Courier<Callback> =>
  new Courier({
    routes: async () => {
      const receivers = (await store.operators()).filter(({ callbackUrl }) => callbackUrl !== null);
      return receivers.map((operator) =>
        operatorRoute(operator, { store, tls, answerTimeout, reportAttempt }),
      );
    },
    clock,
    log,
    failure: 'the queue of messages to operators failed',
  });
