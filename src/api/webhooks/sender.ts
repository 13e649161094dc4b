import type { Webhook } from '../../store/index.js';

/** The result of a test message. */
interface Ping {
  readonly isAccepted: boolean;
  /** HTTP status of the answer. Absent if no answer came. */
  readonly status?: number | undefined;
  readonly problem?: string | undefined;
}

/** Sends messages to webhooks. */
export interface WebhookSender {
  /** Delivers due messages now. */
  wake(): void;
  /** Sends a test message at once. */
  ping(webhook: Webhook): Promise<Ping>;
}
