import type { Random } from '../../../base/random.js';
import type { Answer, Interceptor } from '../../exchanges/index.js';

/** Octets per chunk: small enough to split every answer that carries data. */
const pieces = 500;

/**
 * A text that is added to messages. The text has non-ASCII characters, and is longer than the buffers into which
 * clients copy messages.
 */
const longMessage = ` ${'und so weiter, mit Umlauten äöü und €; '.repeat(8)}`;

/**
 * Uses every freedom that the specification gives to a server, so that careless clients fail. Examples: TransactionIds
 * of any length, reordered members, white space and escapes in JSON, long non-ASCII messages, chunked bodies, a closed
 * connection after each answer.
 */
export const hostile = (random: Random): Interceptor => ({
  edit: (exchange, point, value) =>
    point === 'transactionId'
      ? value.subarray(0, 1 + (exchange.noteRandom(random.bytes(1))[0]! & 0x0f))
      : value,

  answering(exchange, answer): Answer {
    const json = objectIn(answer.body);
    exchange.noteFault('conduct hostile', 'odd JSON, chunked body, connection closed');
    const delivery = { ...answer.delivery, close: true };
    if (!json) return { ...answer, delivery };
    return { ...answer, body: Buffer.from(odd(json)), delivery: { pieces, chunked: true, ...delivery } };
  },
});

function objectIn(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Encodes an object as JSON that only a complete JSON parser can read. */
function odd(object: object): string {
  const text = JSON.stringify(withLongMessage(reversed(object)), undefined, 3);
  return text.replaceAll('/', '\\/').replaceAll('"header"', '"\\u0068eader"').replaceAll('\n', '\r\n');
}

const reversed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, reversed(inner)]),
      )
    : value;

const withLongMessage = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, inner: unknown) =>
    name === 'message' && typeof inner === 'string' ? inner + longMessage : inner,
  );
