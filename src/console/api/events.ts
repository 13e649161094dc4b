import { effect, signal } from '@preact/signals';
import { eventsIn } from '../../base/server-sent-events.js';
import type { DeviceEventView, ExchangeSummary, TransitionView } from '../../api/index.js';
import { namespace } from '../router/router.js';
import { apiUrl, mustSignIn, namespaceHeaders } from './client.js';

/** An event of the server's event stream. */
export type LiveEvent =
  | { readonly kind: 'exchange'; readonly exchange: ExchangeSummary }
  | { readonly kind: 'profile'; readonly transition: TransitionView }
  | { readonly kind: 'device'; readonly device: DeviceEventView };

/**
 * The state of the event stream. `gone`: the server cannot be reached, and the page waits for it. `paused`: the page
 * is in the background.
 */
export const connection = signal<'connecting' | 'live' | 'gone' | 'paused'>('connecting');

/**
 * Increases whenever the page may have missed events: after each new connection, and after more than `mostWaiting`
 * events at once. The page then fetches all its data again.
 */
export const epoch = signal(0);

type Listener = (events: readonly LiveEvent[]) => void;
const listeners = new Set<Listener>();

/** Calls a listener with the new events, a few times a second. @returns a function that stops the calls */
export function onEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Milliseconds between two deliveries. */
const rhythm = 250;
/** Maximum number of events in one delivery. If there are more, fetching all data again is cheaper. */
const mostWaiting = 5_000;
/** How long a page in the background keeps its connection, in milliseconds. Browsers allow six connections for each host. */
const patience = 30_000;

let waiting: LiveEvent[] = [];
let timer: number | undefined;

function deliver(): void {
  timer = undefined;
  const events = waiting;
  waiting = [];
  if (events.length > mostWaiting) epoch.value++;
  else for (const listener of listeners) listener(events);
}

function take(event: LiveEvent): void {
  if (listeners.size === 0) return;
  if (waiting.length <= mostWaiting) waiting.push(event);
  timer ??= window.setTimeout(deliver, rhythm);
}

/** Reads one connection until it ends. */
async function follow(signal: AbortSignal): Promise<void> {
  const answer = await fetch(apiUrl('/events'), {
    credentials: 'same-origin',
    headers: { Accept: 'text/event-stream', ...namespaceHeaders() },
    signal,
  });
  if (answer.status === 401) mustSignIn.value = true;
  if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`);
  connection.value = 'live';
  epoch.value++;
  for await (const { event, data } of eventsIn(chunksOf(answer.body))) {
    if (event === 'exchange') take({ kind: 'exchange', exchange: JSON.parse(data) as ExchangeSummary });
    if (event === 'profile') take({ kind: 'profile', transition: JSON.parse(data) as TransitionView });
    if (event === 'device') take({ kind: 'device', device: JSON.parse(data) as DeviceEventView });
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const handle = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(handle), resolve()), { once: true });
  });

async function keepFollowing(signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await follow(signal);
      failures = 0;
    } catch {
      // `connection` and `mustSignIn` tell the page whether the server cannot be reached or the user is not signed in.
    }
    if (signal.aborted) return;
    connection.value = 'gone';
    await pause(Math.min(500 * 2 ** failures, 5_000), signal);
  }
}

/** Follows the server's events for as long as the page is open, in the namespace in view. */
export function followEvents(): () => void {
  let following: AbortController | undefined;
  const stop = (): void => {
    following?.abort();
    following = undefined;
  };
  const start = (): void => {
    stop();
    following = new AbortController();
    void keepFollowing(following.signal);
  };
  const end = effect(() => {
    void namespace.value;
    if (mustSignIn.value) stop();
    else start();
  });
  let leave: number | undefined;
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(leave);
    if (document.hidden) {
      leave = window.setTimeout(() => {
        connection.value = 'paused';
        stop();
      }, patience);
    } else if (!following && !mustSignIn.peek()) start();
  });
  return () => {
    end();
    stop();
  };
}
