import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { socketBelowTls, type Answer, type Delivery } from '../../instruments/exchanges/index.js';

/** Sends an answer in the way that its `delivery` describes. */
export function deliver(reply: FastifyReply, answer: Answer): FastifyReply | Promise<FastifyReply> {
  const { status, headers, body, delivery } = answer;
  // Fastify would add a Content-Type, and drop the body of a 204.
  const isOdd = body.length > 0 && (hasNoBody(status) || !('content-type' in headers));
  if (delivery || isOdd || piecesOf(reply.raw, body) < body.length)
    return deliverUnusually(reply.hijack(), answer);
  for (const name of Object.keys(reply.getHeaders())) if (!(name in headers)) reply.removeHeader(name);
  return reply
    .code(status)
    .headers(headers)
    .send(body.length > 0 ? body : undefined);
}

/**
 * The number of octets per write. A write that exceeds the connection's buffer makes Node pause its HTTP parser. If another request
 * arrives in several TLS records during the pause, Node rejects that request as malformed ("Parse Error: Paused").
 */
const piecesOf = ({ req: { socket }, writableHighWaterMark }: ServerResponse, { length }: Buffer): number =>
  'encrypted' in socket && length >= writableHighWaterMark / 2 ? writableHighWaterMark / 2 : length;

/** Whether HTTP forbids a body with this status. */
const hasNoBody = (status: number): boolean => status === 204 || status === 304;

async function deliverUnusually(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  const { raw } = reply;
  const { delivery = {}, status, body } = answer;
  try {
    if (delivery.cut && delivery.cutAfter === undefined) cut(raw, delivery.cut);
    else if (hasNoBody(status) && body.length > 0) sendVerbatim(raw, answer);
    else await send(raw, answer, delivery);
  } catch {
    // The client has closed the connection.
    raw.destroy();
  }
  return reply;
}

async function send(
  raw: ServerResponse,
  { status, headers, body }: Answer,
  delivery: Delivery,
): Promise<void> {
  const { pieces = piecesOf(raw, body), chunked = false, pause = 0, close = false, cut: how } = delivery;
  const sent = how ? body.subarray(0, delivery.cutAfter) : body;
  raw.writeHead(status, {
    ...headers,
    ...(!chunked && !hasNoBody(status) && { 'Content-Length': body.length }),
    ...(close && { Connection: 'close' }),
  });
  for (let at = 0; at < sent.length && !raw.destroyed; at += Math.max(1, pieces)) {
    if (at > 0 && pause > 0) await wait(pause, undefined, { ref: false });
    await written(raw, sent.subarray(at, at + Math.max(1, pieces)));
  }
  if (how) cut(raw, how);
  else raw.end();
}

const written = (raw: ServerResponse, octets: Buffer): Promise<void> =>
  new Promise((resolve, reject) => raw.write(octets, (error) => (error ? reject(error) : resolve())));

/** Sends a body with a status for which HTTP forbids a body, as some servers do. Node itself would drop the body. */
function sendVerbatim({ req: { socket } }: ServerResponse, { status, headers, body }: Answer): void {
  const lines = [`HTTP/1.1 ${status} No Content`, `Content-Length: ${body.length}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
}

/**
 * Ends the connection. Takes the socket from the request, because Node gives the response no socket while it is still sending an
 * earlier response.
 */
function cut({ req: { socket } }: ServerResponse, how: 'close' | 'reset'): void {
  if (how === 'close') socket.destroy();
  // Only the TCP socket can be reset.
  else socketBelowTls(socket).resetAndDestroy();
}
