import { text } from 'node:stream/consumers';
import { eventsIn } from '../base/server-sent-events.js';
import type { DeviceEventView, ExchangeSummary, TransitionView } from '../api/index.js';
import type { ControlCalls } from '../server/index.js';
import { errorOf } from './call.js';
import { ConnectionClosed } from './connection-error.js';

/**
 * An event: the server answered a request, a profile changed its state, or a virtual device in the server's process did
 * something.
 */
export type JournalEvent =
  | ({ readonly kind: 'exchange' } & ExchangeSummary)
  | ({ readonly kind: 'profile' } & TransitionView)
  | ({ readonly kind: 'device' } & DeviceEventView & { readonly id: number });

export interface EventOptions {
  /**
   * Starts after the event with this id. 0: starts with the oldest event that the server still has. Default: only new
   * events.
   */
  readonly since?: number | undefined;
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Iterates over events.
 *
 * @param since the id after which to start, as a promise. The caller requests this id before the iteration begins, so
 * that the iteration misses no event
 */
export async function* eventsFrom(
  open: ControlCalls['open'],
  since: Promise<number>,
  signal: AbortSignal | undefined,
): AsyncGenerator<JournalEvent, void> {
  try {
    const answer = await open({ method: 'GET', path: `/events?since=${await since}` }, signal);
    const { statusCode: status = 0 } = answer;
    if (status !== 200) throw errorOf({ status, body: await text(answer) });
    for await (const { event, data } of eventsIn(answer.setEncoding('utf8')))
      yield { kind: event, ...(JSON.parse(data) as object) } as JournalEvent;
  } catch (error) {
    if (!signal?.aborted && !(error instanceof ConnectionClosed)) throw error;
  }
}
