import { globOf } from '../../base/glob.js';
import type { WebhookFilter } from '../../store/index.js';

/** The events that the server reports to webhooks, with their meaning. */
export const eventTypes = {
  'profile.state':
    'an entry was added to the history of a profile: its state changed, or a device reported a change',
  'session.end': 'a session ended: the device installed the profile, failed to install it, or cancelled',
  'callback.sent': 'an operator accepted a message about a download',
  'callback.failed': 'a message about a download could not be delivered to its operator',
  'fault.hit': 'a fault rule, or a MatchingID that stands for a fault, acted on a request',
} as const;
export type EventType = keyof typeof eventTypes;

/** The type of the message with which a tester checks a webhook. */
export const pingType = 'ping';

/** Something that happened on the server. */
export interface ServerEvent {
  readonly type: EventType;
  /** Milliseconds since 1970 by the server's clock. */
  readonly at: number;
  /** Empty: the event belongs to no namespace. */
  readonly namespace: string;
  readonly eid?: string | undefined;
  readonly iccid?: string | undefined;
  readonly matchingId?: string | undefined;
  /** The operator's functionRequesterIdentifier. */
  readonly operator?: string | undefined;
  readonly transactionId?: string | undefined;
  /** Members of the message that only this type of event has. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Whether a webhook's filter lets events of a type through. */
export const receivesType = ({ events }: Pick<WebhookFilter, 'events'>, type: EventType): boolean =>
  events.length === 0 || events.includes(type);

/** Whether a webhook's filter lets an event through. */
export function matchesFilter(filter: WebhookFilter, event: ServerEvent): boolean {
  if (!receivesType(filter, event.type)) return false;
  if (filter.namespace !== null && filter.namespace !== event.namespace) return false;
  return (['eid', 'iccid', 'matchingId', 'operator'] as const).every((member) => {
    const pattern = filter[member];
    const value = event[member];
    return pattern === null || (value !== undefined && globOf(pattern)(value));
  });
}

/** The body of the message about an event. */
export const bodyOf = ({ type, at, namespace, details, ...about }: ServerEvent): string =>
  JSON.stringify({
    type,
    timestamp: new Date(at).toISOString(),
    data: { ...about, ...(namespace !== '' && { namespace }), ...details },
  });
