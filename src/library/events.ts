import { text } from 'node:stream/consumers';
import { eventsIn } from '../base/server-sent-events.js';
import type { ExchangeSummary, TransitionView } from '../api/index.js';
import type { ControlCalls } from '../server/index.js';
import { errorOf } from './call.js';
import { ConnectionClosed } from './connection-error.js';

/** What happened: a request was answered, or a profile changed its state. */
export type JournalEvent =
  ({ readonly kind: 'exchange' } & ExchangeSummary) | ({ readonly kind: 'profile' } & TransitionView);

export interface EventOptions {
  /** The id of an event, after which to begin; 0: with the oldest that is kept. Default: only what is to come. */
  readonly since?: number | undefined;
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined;
}

/** @param since known a moment later than the call, so that what the caller does next is not missed */
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
