import type { Answer, Exchange, Interceptor } from '../../exchanges/index.js';
import { checkMembers } from './body-clauses.js';
import { CallsSeen } from './calls-seen.js';
import { checkHeaders } from './header-clauses.js';
import { membersOf } from './messages.js';

/**
 * Records in the journal and in the answer header `X-Mock-Deviations` each clause that a client violates. A strict
 * server accepts every request that a polite server accepts.
 */
export function strict(): Interceptor {
  const calls = new CallsSeen();
  return {
    received(exchange, request) {
      const members = membersOf(exchange.interfaceName, exchange.functionName);
      if (!members) return;
      checkHeaders(exchange, request.headers);
      const body = objectIn(request.body);
      if (!body) return;
      checkMembers(exchange, body, members);
      calls.check(exchange, body, members);
    },

    answering(exchange, answer): Answer {
      checkNotification(exchange);
      if (exchange.deviations.length === 0) return answer;
      const found = exchange.deviations.map(({ clause, what }) => `${clause}: ${what}`).join('; ');
      const text = found.replace(/[^\x20-\x7e]/g, '?').slice(0, 2000);
      return { ...answer, headers: { ...answer.headers, 'x-mock-deviations': text } };
    },
  };
}

function checkNotification(exchange: Exchange): void {
  const { notification } = exchange;
  if (notification?.verified === false)
    exchange.noteDeviation(
      '5.6.4',
      `the server keeps the notification, but does not act on it: ${notification.outcome}`,
    );
}

/** The JSON object in a body. `undefined` for any other body, which the function refuses anyway. */
function objectIn(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
