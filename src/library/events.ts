import type { ExchangeSummary, ProblemDetails, TransitionView } from '../control/index.js';
import { ControlError } from './errors.js';

/** What happened: a request was answered, or a profile changed its state. */
export type JournalEvent =
  ({ readonly kind: 'exchange' } & ExchangeSummary) | ({ readonly kind: 'profile' } & TransitionView);

export interface EventOptions {
  /** The id of an event, after which to begin; 0: with the oldest that is kept. Default: only what is to come. */
  readonly since?: number | undefined;
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined;
}

/** Where events are told. */
export interface EventSource {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param since known a moment later than the call, so that what the caller does next is not missed */
export async function* eventsFrom(
  { url, headers }: EventSource,
  since: Promise<number>,
  signal: AbortSignal | undefined,
): AsyncGenerator<JournalEvent, void> {
  try {
    const answer = await fetch(`${url}?since=${await since}`, { headers, signal: signal ?? null });
    if (!answer.ok) throw new ControlError((await answer.json()) as ProblemDetails, answer.status);
    for await (const text of blocksOf(answer.body!)) {
      const event = eventIn(text);
      if (event) yield event;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** The blocks of a stream of server-sent events, which end with an empty line. */
async function* blocksOf(octets: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const text of octets.pipeThrough(new TextDecoderStream())) {
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
