import type { Clock } from '../base/clock.js';
import { noNamespace } from '../base/namespace.js';
import type { Exchange, Interceptor } from '../instruments/exchanges/index.js';
import type { ReportFault } from '../instruments/faults/index.js';
import type { CallbackTold } from '../outbound/progress/index.js';
import type { WebhookDesk } from '../outbound/webhooks/index.js';

type Desk = Pick<WebhookDesk, 'tell' | 'isIdle'>;

/** The members of a message that say what the exchange was about. */
const about = ({ facts, order }: Exchange) => ({
  namespace: facts.namespace ?? noNamespace,
  eid: facts.eid,
  iccid: facts.iccid,
  matchingId: facts.matchingId,
  operator: order?.operator ?? undefined,
  transactionId: facts.transactionId,
});

/** Sends an event to webhooks when a session ends. */
export const sessionEnds = (desk: Desk, clock: Clock): Interceptor => ({
  ended(exchange) {
    const { sessionOutcome: outcome, functionName } = exchange;
    if (outcome === undefined || desk.isIdle) return;
    const details = { outcome, function: functionName };
    desk.tell({ type: 'session.end', at: clock.now().getTime(), ...about(exchange), details });
  },
});

/** Sends an event to webhooks when a fault acts. */
export const faultHits =
  (desk: Desk, clock: Clock): ReportFault =>
  (exchange, fault, what) => {
    if (desk.isIdle) return;
    const { functionName, interfaceName } = exchange;
    const details = { fault, what, interface: interfaceName, function: functionName };
    desk.tell({ type: 'fault.hit', at: clock.now().getTime(), ...about(exchange), details });
  };

/** Sends an event to webhooks when a message to an operator is delivered or fails. */
export const callbackOutcomes =
  (desk: Desk, clock: Clock): CallbackTold =>
  ({ operator, iccid, body, attempts }, problem, isTriedAgain) => {
    if (desk.isIdle) return;
    const { eid, notificationPointId } = JSON.parse(body) as { eid?: string; notificationPointId?: number };
    const details = {
      notificationPointId,
      attempt: attempts + 1,
      ...(problem !== undefined && { problem, isTriedAgain }),
    };
    desk.tell({
      type: problem === undefined ? 'callback.sent' : 'callback.failed',
      at: clock.now().getTime(),
      ...{ namespace: noNamespace, operator, iccid, eid, details },
    });
  };
