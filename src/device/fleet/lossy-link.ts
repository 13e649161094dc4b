import type { HttpAnswer, Link } from '../lpa/index.js';

/** What a {@link LossyLink} reports. */
export interface LinkObserver {
  /** A request was answered. `name` is the function of ES9+. */
  answered(name: string, milliseconds: number): void;
  /** A request was lost before the server saw it, or its answer was lost. */
  lost(what: 'request' | 'answer'): void;
}

export interface LossOptions {
  /** The share of the requests that are lost, from 0 to 1. */
  readonly packetLoss: number;
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** The connection was deliberately lost. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
  readonly code = 'ECONNRESET';
}

/** A connection to servers that measures latencies, and deliberately loses requests and answers. */
export class LossyLink implements Link {
  constructor(
    private readonly link: Link,
    private readonly options: LossOptions,
    private readonly observer: LinkObserver,
  ) {}

  async post(...request: Parameters<Link['post']>): Promise<HttpAnswer> {
    const { packetLoss, random, signal } = this.options;
    signal?.throwIfAborted();
    const isLost = random() < packetLoss;
    if (isLost && random() < 0.5) {
      this.observer.lost('request');
      throw new LostConnection('the connection was lost before the server saw the request');
    }
    const begun = performance.now();
    const answer = await untilAborted(this.link.post(...request), signal);
    if (isLost) {
      this.observer.lost('answer');
      throw new LostConnection('the connection was lost before the answer arrived');
    }
    this.observer.answered(nameOf(request[1]), performance.now() - begun);
    return answer;
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** @throws the signal's reason, if the signal is aborted before the promise settles */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
