import type { FastifyBaseLogger } from 'fastify';
import type { ExchangeEntry, Journal } from '../instruments/journal/index.js';

/**
 * Maximum number of lines of each kind that are logged per second, for connections that reach no function. Further lines are only counted.
 */
const mostPerSecond = 5;

/**
 * Logs a line for each request and each failed connection: function, caller, result and duration.
 *
 * @returns a function that stops the logging
 */
export function logRequests(journal: Pick<Journal, 'subscribeToOwn'>, log: FastifyBaseLogger): () => void {
  const floods = new Map<string, { count: number; readonly timer: NodeJS.Timeout }>();

  /** Whether to count the line without logging it. A port scan would otherwise fill the log. */
  const isFlood = ({ exchange, result }: ExchangeEntry): boolean => {
    const kind = `${exchange.interfaceName} ${exchange.functionName}: ${result}`;
    const flood = floods.get(kind);
    if (flood) return ++flood.count > mostPerSecond;
    const timer = setTimeout(() => {
      const more = floods.get(kind)!.count - mostPerSecond;
      floods.delete(kind);
      if (more > 0) log.info({ request: { kind, more } }, `${kind}: ${more} more in the last second`);
    }, 1000);
    timer.unref();
    floods.set(kind, { count: 1, timer });
    return false;
  };

  const unsubscribe = journal.subscribeToOwn((entry) => {
    if (entry.exchange.listenerFailure && isFlood(entry)) return;
    log.info({ request: membersOf(entry) }, lineFor(entry));
  });
  return () => {
    unsubscribe();
    floods.forEach(({ timer }) => clearTimeout(timer));
  };
}

/** The members of the JSON line, for programs. */
function membersOf({ id, exchange, facts, session, result, duration }: ExchangeEntry): object {
  const { interfaceName, functionName, refusal, listenerFailure, notification, origin } = exchange;
  const { eid, matchingId, iccid } = facts;
  return {
    id: id || undefined,
    interface: interfaceName,
    function: functionName,
    result,
    milliseconds: milliseconds(duration),
    session: session?.transactionId,
    ...{ eid, matchingId, iccid },
    message: listenerFailure?.message ?? refusal?.message,
    outcome: notification?.outcome,
    hint: listenerFailure?.hint,
    ...origin,
  };
}

/** The text of the line, for people: `ES9+ authenticateClient 8904… DE301-… Executed-Success 4 ms`. */
function lineFor({ exchange, facts, result, duration }: ExchangeEntry): string {
  const { interfaceName, functionName, refusal, listenerFailure, notification, origin } = exchange;
  const { eid, matchingId } = facts;
  const words = [
    ...[interfaceName, functionName, eid ?? origin.peer ?? 'unknown', matchingId],
    ...[result, listenerFailure ? undefined : `${milliseconds(duration)} ms`],
  ];
  const remarks = [
    listenerFailure && origin.path,
    listenerFailure && origin.serverName && `for ${origin.serverName}`,
    listenerFailure?.message ?? refusal?.message,
    notification?.outcome !== 'acted upon' && notification?.outcome,
    listenerFailure?.hint,
  ].filter(Boolean);
  const line = words.filter(Boolean).join(' ');
  return remarks.length > 0 ? `${line}: ${remarks.join('; ')}` : line;
}

const milliseconds = (duration: number): number => Math.round(duration * 10) / 10;
