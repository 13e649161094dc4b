import { timeOrNull } from './iso-time.js';

/**
 * Time of the next attempt to send a queued message, in ISO 8601. Before the first attempt: the time at which the message was queued. Null:
 * the server does not send the message again, or the message waits for an earlier one.
 */
export const nextAttempt = ({
  nextAttemptAt,
  queuedAt,
}: {
  readonly nextAttemptAt: number | null;
  readonly queuedAt: number;
}): string | null => timeOrNull(nextAttemptAt === 0 ? queuedAt : nextAttemptAt);
