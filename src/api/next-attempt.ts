import { timeOrNull } from './iso-time.js';

/**
 * When the server tries to send a queued message next, in ISO 8601. A message without an attempt is due since it was queued. Null: the
 * message is not sent any more, or waits for an earlier message.
 */
export const nextAttempt = ({
  nextAttemptAt,
  queuedAt,
}: {
  readonly nextAttemptAt: number | null;
  readonly queuedAt: number;
}): string | null => timeOrNull(nextAttemptAt === 0 ? queuedAt : nextAttemptAt);
