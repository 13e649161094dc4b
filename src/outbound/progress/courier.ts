import type { Clock } from '../../base/clock.js';
import { Courier, type DeliveryLog } from '../delivery/index.js';
import type { Callback, Store } from '../../store/index.js';
import type { ClientTls } from './operator-client.js';
import { operatorRoute, type CallbackTold } from './operator-route.js';

export interface ProgressCourierOptions {
  readonly store: Store;
  /** Decides when the next attempt is due; see `CourierOptions`. */
  readonly clock: Clock;
  readonly tls: ClientTls;
  /** How long an operator may take for its answer, in milliseconds. Default: 10 seconds. */
  readonly answerTimeout?: number | undefined;
  readonly log: DeliveryLog;
  /** Called after each attempt. */
  readonly told?: CallbackTold | undefined;
}

/** Milliseconds: operators answer with a status and nothing else. */
const longestAnswer = 10_000;

/** Sends the messages that are queued for operators. Messages about one profile are sent in their order. */
export const progressCourier = ({
  store,
  clock,
  tls,
  answerTimeout = longestAnswer,
  log,
  told,
}: ProgressCourierOptions): Courier<Callback> =>
  new Courier({
    routes: async () => {
      const called = (await store.operators()).filter(({ callbackUrl }) => callbackUrl !== null);
      return called.map((operator) => operatorRoute(operator, { store, tls, answerTimeout, told }));
    },
    clock,
    log,
    failure: 'the queue of messages to operators failed',
  });
