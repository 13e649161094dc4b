import { randomUUID } from 'node:crypto';
import { reasonOf } from '../../base/connection-error.js';
import type { Clock } from '../../base/clock.js';
import type { Change, Delivery, Store, Webhook } from '../../store/index.js';
import { Courier, type DeliveryLog } from '../delivery/index.js';
import { connectWebhook, isAccepted } from './client.js';
import { bodyOf, matchesFilter, pingType, receivesType, type EventType, type ServerEvent } from './event.js';
import { webhookRoute } from './route.js';

export interface WebhookCourierOptions {
  readonly store: Store;
  /**
   * The clock that decides when the next attempt is due. Do not pass the server's own clock: if a tester freezes it, failed messages are
   * never sent again.
   */
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** How long a webhook may take to answer, in milliseconds. Default: 10 seconds. */
  readonly timeout?: number | undefined;
}

/** The result of a test message. */
export interface Ping {
  /** Whether the webhook answered with a status from 200 to 299. */
  readonly isAccepted: boolean;
  /** The HTTP status of the answer. Absent if no answer came. */
  readonly status?: number | undefined;
  readonly problem?: string | undefined;
}

/** Queues messages about events to webhooks, and delivers them. */
export class WebhookCourier {
  readonly #options: WebhookCourierOptions;
  readonly #courier: Courier<Delivery>;
  /** The webhooks as last read from the database, at most a second ago. */
  #webhooks: readonly Webhook[] = [];

  constructor(options: WebhookCourierOptions) {
    this.#options = options;
    const { store, clock, log, timeout } = options;
    this.#courier = new Courier({
      routes: async () => {
        await this.refresh();
        return this.#webhooks.map((webhook) => webhookRoute(webhook, store, timeout));
      },
      clock,
      log,
      failure: 'the queue of messages to webhooks failed',
    });
  }

  /** Delivers the queued messages until `close`. */
  async start(): Promise<void> {
    await this.refresh();
    this.#courier.start();
  }

  /** Reads the webhooks from the database again. */
  async refresh(): Promise<void> {
    this.#webhooks = await this.#options.store.webhooks();
  }

  wake(): void {
    this.#courier.wake();
  }

  close(): Promise<void> {
    return this.#courier.close();
  }

  /** Whether some webhook receives events of this type. */
  wants(type: EventType): boolean {
    return this.#webhooks.some((webhook) => receivesType(webhook, type));
  }

  /** The changes that queue the messages about an event. The caller commits them together with the changes of the event itself. */
  changesFor(event: ServerEvent): readonly Change[] {
    const receivers = this.#webhooks.filter((webhook) => matchesFilter(webhook, event));
    if (receivers.length === 0) return [];
    const subject = event.iccid ?? event.transactionId ?? randomUUID();
    const message = { subject, event: event.type, body: bodyOf(event) };
    const queuedAt = this.#options.clock.now().getTime();
    return receivers.map(({ id: webhookId }) => ({
      kind: 'queueDelivery',
      delivery: { webhookId, ...message, queuedAt },
    }));
  }

  /** Queues the messages about an event that changes nothing in the database. */
  tell(event: ServerEvent): void {
    const changes = this.changesFor(event);
    if (changes.length === 0) return;
    const { store, log } = this.#options;
    store.commit(changes).then(
      () => this.wake(),
      (err: unknown) => log.error({ err, event: event.type }, 'a message to webhooks was not queued'),
    );
  }

  /** Sends a test message at once, without the queue. */
  async ping(webhook: Webhook): Promise<Ping> {
    const client = connectWebhook(webhook, 1, this.#options.timeout);
    const timestamp = this.#options.clock.now().toISOString();
    const body = JSON.stringify({ type: pingType, timestamp, data: { webhook: webhook.id } });
    try {
      const status = await client.post({ id: `ping_${randomUUID()}`, body }, new AbortController().signal);
      return isAccepted(status)
        ? { isAccepted: true, status }
        : { isAccepted: false, status, problem: `HTTP status ${status}` };
    } catch (error) {
      return { isAccepted: false, problem: reasonOf(error) };
    } finally {
      client.close();
    }
  }
}
