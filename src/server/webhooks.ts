import type { Clock } from '../base/clock.js';
import { noNamespace } from '../base/namespace.js';
import type { Exchange, Interceptor } from '../instruments/exchanges/index.js';
import type { ReportFault } from '../instruments/faults/index.js';
import type { AttemptReport } from '../outbound/progress/index.js';
import type { WebhookCourier } from '../outbound/webhooks/index.js';
import type { Store } from '../store/index.js';

type Courier = Pick<WebhookCourier, 'tell' | 'wants'>;

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
export const sessionEnds = (courier: Courier, clock: Clock): Interceptor => ({
  ended(exchange) {
    const { sessionOutcome: outcome, functionName } = exchange;
    if (outcome === undefined || !courier.wants('session.end')) return;
    const details = { outcome, function: functionName };
    courier.tell({ type: 'session.end', at: clock.now().getTime(), ...about(exchange), details });
  },
});

/** Sends an event to webhooks when a fault acts. */
export const faultHits =
  (courier: Courier, clock: Clock): ReportFault =>
  (exchange, fault, what) => {
    if (!courier.wants('fault.hit')) return;
    const { functionName, interfaceName } = exchange;
    const details = { fault, what, interface: interfaceName, function: functionName };
    courier.tell({ type: 'fault.hit', at: clock.now().getTime(), ...about(exchange), details });
  };

/** Sends an event to webhooks when a message to an operator is delivered or fails. */
export const callbackOutcomes =
  (courier: Courier, clock: Clock, store: Pick<Store, 'profile'>): AttemptReport =>
  async ({ profileId, operator, iccid, body, attempts }, problem, isTriedAgain) => {
    const type = problem === undefined ? 'callback.sent' : 'callback.failed';
    if (!courier.wants(type)) return;
    const at = clock.now().getTime();
    const { eid, notificationPointId } = JSON.parse(body) as { eid?: string; notificationPointId?: number };
    const details = {
      notificationPointId,
      attempt: attempts + 1,
      ...(problem !== undefined && { problem, isTriedAgain }),
    };
    // A profile that was removed meanwhile, or cannot be read, belongs to no namespace. The outcome itself is already stored.
    const profile = await store.profile(profileId).catch(() => undefined);
    courier.tell({
      ...{ type, at, operator, iccid, eid, details },
      namespace: profile?.namespace ?? noNamespace,
      matchingId: profile?.matchingId ?? undefined,
    });
  };
