import type { FastifyReply } from 'fastify';

/** One server-sent event. */
export interface StreamEvent {
  readonly id?: number | undefined;
  readonly event: string;
  readonly data: object;
}

/**
 * Milliseconds between the comments that the server sends to keep the connection open. Proxies close idle connections.
 */
const heartbeat = 15_000;

/**
 * Maximum number of octets queued for a slow client. If the queue grows longer, the stream ends, and the client can
 * resume it with Last-Event-ID.
 */
const mostWaiting = 1024 * 1024;

export const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

/** Server-sent events on one connection. */
export class EventStream {
  readonly #raw: FastifyReply['raw'];
  readonly #timer: NodeJS.Timeout;

  /** @param ended called when the client or the server has closed the connection */
  constructor(reply: FastifyReply, ended: () => void) {
    const headers = reply.getHeaders();
    this.#raw = reply.hijack().raw;
    this.#raw.writeHead(200, {
      ...(headers as Record<string, string>),
      ...streamHeaders,
      Connection: 'close',
    });
    this.#raw.write('retry: 1000\n\n');
    this.#timer = setInterval(() => this.#raw.write(': nothing new\n\n'), heartbeat);
    this.#timer.unref();
    this.#raw.on('error', () => this.end());
    this.#raw.once('close', () => {
      this.end();
      ended();
    });
  }

  send({ id, event, data }: StreamEvent): void {
    if (this.#raw.writableEnded) return;
    if (this.#raw.writableLength > mostWaiting) return this.end();
    const lines = [...(id === undefined ? [] : [`id: ${id}`]), `event: ${event}`];
    this.#raw.write(`${lines.join('\n')}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Whether the server or the client has ended the stream. */
  get isEnded(): boolean {
    return this.#raw.writableEnded || this.#raw.destroyed;
  }

  end(): void {
    clearInterval(this.#timer);
    if (!this.#raw.writableEnded) this.#raw.end();
  }
}
