import type { Callback } from './callbacks.js';
import { callbackColumns, deliveryColumns, type Columns } from './columns.js';
import { callbacksKept, callbacksKeptFor, deliveriesKept, deliveriesKeptFor } from './limits.js';
import type { Delivery } from './webhooks.js';

/** The members of every queued message. */
export type QueuedMessage = Pick<
  Callback & Delivery,
  'id' | 'attempts' | 'nextAttemptAt' | 'leasedUntil' | 'lastError'
>;

/**
 * A table of messages. The messages to one recipient about one subject are delivered in the order in which they were
 * queued.
 *
 * @template Key the members `recipient` and `subject` of the message
 */
export interface MessageTable<Message extends QueuedMessage, Key extends keyof Message> {
  readonly table: string;
  readonly columns: Columns<Message>;
  readonly recipient: Key;
  readonly subject: Key;
  /** The member with the time when the message was delivered or given up. */
  readonly endedAt: keyof Message;
  /** Two limits in one number: how many ended messages the store keeps, and how many waiting messages. */
  readonly kept: number;
  /** How long ended messages stay visible, in milliseconds. */
  readonly keptFor: number;
}

/** The members of a message that say where it is in the queue. */
export type Addressed<Message extends QueuedMessage, Key extends keyof Message> = Pick<Message, 'id' | Key>;

/** Calls to operators, in order for each profile. */
export const callbackTable: MessageTable<Callback, 'operator' | 'profileId'> = {
  table: 'callbacks',
  columns: callbackColumns,
  recipient: 'operator',
  subject: 'profileId',
  endedAt: 'deliveredAt',
  kept: callbacksKept,
  keptFor: callbacksKeptFor,
};

/** Messages to webhooks, in order for each subject. */
export const deliveryTable: MessageTable<Delivery, 'webhookId' | 'subject'> = {
  table: 'deliveries',
  columns: deliveryColumns,
  recipient: 'webhookId',
  subject: 'subject',
  endedAt: 'endedAt',
  kept: deliveriesKept,
  keptFor: deliveriesKeptFor,
};
