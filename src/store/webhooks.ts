/**
 * Which events a webhook receives. In the values, `*` stands for any characters. Null: events with any value, and events
 * without a value.
 */
export interface WebhookFilter {
  /** Types of events. Empty: all types. */
  readonly events: readonly string[];
  readonly eid: string | null;
  readonly iccid: string | null;
  readonly matchingId: string | null;
  readonly operator: string | null;
  /** Exact name, without `*`. */
  readonly namespace: string | null;
}

/** A URL to which the server posts events. */
export interface NewWebhook extends WebhookFilter {
  readonly url: string;
  /** Signs the messages: `whsec_` and base64. */
  readonly secret: string;
  /** Trusted CA certificates (PEM) for the webhook's TLS certificate. Null: the roots of the system. */
  readonly ca: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface Webhook extends NewWebhook {
  readonly id: number;
}

/** A message to be delivered to a webhook. */
export interface NewDelivery {
  readonly webhookId: number;
  /** Messages about the same subject are delivered in the order in which they were queued. */
  readonly subject: string;
  /** Type of the event. */
  readonly event: string;
  /** JSON body of the request, the same for every attempt. */
  readonly body: string;
  readonly queuedAt: number;
}

/** A queued message and its progress. Times are milliseconds since 1970. */
export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly attempts: number;
  /** Null: delivered, given up, or waiting for an earlier message about the same subject. */
  readonly nextAttemptAt: number | null;
  /** Until this time, only the process that leased the message may deliver it. */
  readonly leasedUntil: number | null;
  /** The error of the last attempt. Null if the last attempt succeeded. */
  readonly lastError: string | null;
  /** When the webhook accepted the message, or the server gave up on the message. */
  readonly endedAt: number | null;
}

/** Numbers of messages to a webhook. */
export interface DeliveryCounts {
  readonly waiting: number;
  /** Delivered or given up within the last day. */
  readonly ended: number;
}

/**
 * Webhooks and the messages to them. Each message is delivered at least once. The change `queueDelivery` of {@link Store.commit} queues a
 * message. The change has no effect if the webhook no longer exists.
 */
export interface Webhooks {
  /** All webhooks, oldest first. */
  webhooks(): Promise<readonly Webhook[]>;
  addWebhook(webhook: NewWebhook): Promise<Webhook>;
  /** Deletes a webhook with its messages. @returns whether it existed */
  deleteWebhook(id: number): Promise<boolean>;

  /**
   * Leases up to `limit` due messages to this process. The leases end at `until`. Of the messages about one subject, only the oldest
   * waiting message is due.
   */
  leaseDeliveries(webhookId: number, now: number, until: number, limit: number): Promise<readonly Delivery[]>;
  /**
   * Records that a message was accepted or, with a remark, that it was given up. The next message about the subject becomes
   * due.
   */
  endDelivery(delivery: Delivery, at: number, remark?: string): Promise<void>;
  /** Schedules another attempt. Has no effect if another process holds the lease now. */
  postponeDelivery(delivery: Delivery, nextAttemptAt: number, error: string): Promise<void>;
  /** Releases the lease of a message that was not attempted. */
  returnDelivery(delivery: Delivery): Promise<void>;
  /** Makes all scheduled messages to a webhook due now. @returns number of these messages */
  retryDeliveries(webhookId: number): Promise<number>;

  /** Newest first, at most `limit`. @param ended true: only delivered and abandoned messages; false: only waiting messages; absent: all */
  listDeliveries(webhookId: number, limit: number, ended?: boolean): Promise<readonly Delivery[]>;
  countDeliveries(webhookId: number): Promise<DeliveryCounts>;
}
