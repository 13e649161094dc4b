import { text } from 'node:stream/consumers';
import type { ExchangeSummary, TransitionView } from '../control/index.js';
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
    for await (const block of blocksOf(answer.setEncoding('utf8'))) {
      const event = eventIn(block);
      if (event) yield event;
    }
  } catch (error) {
    if (!signal?.aborted && !(error instanceof ConnectionClosed)) throw error;
  }
}

/** The blocks of a stream of server-sent events, which end with an empty line. */
async function* blocksOf(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const text of texts) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

/** Blocks without data are heartbeats and the like. */
function eventIn(block: string): JournalEvent | undefined {
  const { event, data } = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return data === undefined ? undefined : ({ kind: event, ...(JSON.parse(data) as object) } as JournalEvent);
}
