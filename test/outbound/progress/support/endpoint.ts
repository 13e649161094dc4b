import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { whenDone } from '../../../support/when-done.js';

/** A call that an operator has received. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the body of a call holds. */
export interface Message {
  readonly header: { readonly functionRequesterIdentifier: string; readonly functionCallIdentifier: string };
  readonly iccid: string;
  readonly notificationPointId: number;
  readonly notificationPointStatus: {
    readonly status: string;
    readonly statusCodeData?: { subjectCode: string; reasonCode: string; message: string };
  };
  readonly resultData?: string;
}

export const messageIn = ({ body }: { readonly body: string }): Message => JSON.parse(body) as Message;

/** How an operator answers a call. */
export type Behaviour = (response: ServerResponse, call: ReceivedCall) => void | Promise<void>;

export const answer =
  (status: number, body = '', headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end(body);

export const received = answer(204);
export const failedInBand = answer(
  200,
  '{"header":{"functionExecutionStatus":{"status":"Failed","statusCodeData":{"subjectCode":"8.2.1","reasonCode":"3.9"}}}}',
);
export const reset: Behaviour = (response) => void response.socket?.destroy();
export const malformed: Behaviour = (response) => void response.socket?.end('this is not HTTP\r\n\r\n');
export const silent: Behaviour = () => undefined;

/** An operator's end of ES2+ that records what it receives. */
export class OperatorEndpoint {
  readonly calls: ReceivedCall[] = [];
  behaviour: Behaviour = received;
  readonly #server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(private readonly tls?: ServerOptions) {
    const listener: RequestListener = (request, response) => void this.#receive(request, response);
    this.#server = tls ? createTlsServer(tls, listener) : createServer(listener);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    return `${this.tls ? 'https' : 'http'}://localhost:${this.#port}`;
  }

  /** `<ICCID>: <notificationPointId>` of each call. */
  get points(): readonly string[] {
    return this.calls.map((call) => {
      const { iccid, notificationPointId } = messageIn(call);
      return `${iccid}: ${notificationPointId}`;
    });
  }

  /** Begins to listen, on the same port as before where it has done so before. */
  async up(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, 'localhost', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Stops to listen, and breaks off what is under way. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { url: path = '', headers } = request;
    const call = { path, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.calls.push(call);
    await this.behaviour(response, call);
  }
}

/** An endpoint that listens until the test file ends. */
export async function startEndpoint(tls?: ServerOptions): Promise<OperatorEndpoint> {
  const endpoint = new OperatorEndpoint(tls);
  await endpoint.up();
  whenDone(() => endpoint.down());
  return endpoint;
}
