import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Exchange, Interruption, originOf, type Answer } from '../../instruments/exchanges/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { answeredProtocol } from '../../wire/json/admin-protocol.js';
import { refusalBody, successBody } from '../../wire/json/answer.js';
import { parseBody, type RequestBody } from './body.js';
import { deliver } from './send-answer.js';
import { refuseCall } from './refuse-call.js';

/** The size limit of a body, in octets. Messages of ES2+ and ES9+ are far smaller. */
const bodyLimit = 128 * 1024;

/** Makes an interface accept only JSON bodies, and send X-Admin-Protocol in every answer. */
export function bindFunctions(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
    parsed(null, body),
  );
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('X-Admin-Protocol', answeredProtocol(request.headers['x-admin-protocol']));
    next();
  });
}

/** Opens the exchange of a request. Default: an exchange without interceptors. */
export type OpenExchange = (functionName: string) => Exchange;
const unwatched: OpenExchange = (name) => new Exchange('', name);

/**
 * Registers a request-response function. Every answer has HTTP status 200 and a body, even a refusal. LPAs and
 * operators' systems ignore the body of an answer with another status.
 *
 * @param run returns the members of the answer without the header, or raises a Refusal
 */
export function requestResponse(
  app: FastifyInstance,
  name: string,
  run: (body: RequestBody, request: FastifyRequest, exchange: Exchange) => Promise<object>,
  open: OpenExchange = unwatched,
): void {
  post(app, name, open, {
    handle: async (request, exchange) => ({
      status: 200,
      body: successBody(await run(parseBody(request.body as Buffer | undefined), request, exchange)),
    }),
    refuse: (refusal) => ({ status: 200, body: refusalBody(refusal) }),
  });
}

/** Registers a notification function. The server answers with HTTP status 204, or with 400 if it cannot read the request. */
export function notification(
  app: FastifyInstance,
  name: string,
  run: (body: RequestBody, request: FastifyRequest, exchange: Exchange) => Promise<void>,
  open: OpenExchange = unwatched,
): void {
  post(app, name, open, {
    handle: async (request, exchange) => {
      await run(parseBody(request.body as Buffer | undefined), request, exchange);
      return { status: 204 };
    },
    refuse: () => ({ status: 400 }),
  });
}

/**
 * How functions of one kind report success and refusal. Request-response functions answer with a body, notification
 * functions without a body.
 */
interface FunctionKind {
  readonly handle: (request: FastifyRequest, exchange: Exchange) => Promise<Outcome>;
  readonly refuse: (refusal: Refusal) => Outcome;
}

interface Outcome {
  readonly status: number;
  /** JSON. Absent if the answer has no body. */
  readonly body?: string;
}

function post(app: FastifyInstance, name: string, open: OpenExchange, kind: FunctionKind): void {
  const url = `/${name}`;
  const begun = new WeakSet<FastifyRequest>();
  const openFor = (request: FastifyRequest): Exchange => {
    const exchange = open(name);
    exchange.noteOrigin(originOf(request));
    return exchange;
  };
  /** Records requests that fail before their function begins, for example because the body is too large. */
  const errorHandler = (error: { readonly statusCode?: number }, request: FastifyRequest): never => {
    if (begun.has(request)) throw error as Error;
    const exchange = openFor(request);
    if (error.statusCode === 415) refuseCall(exchange, 415, mediaTypeOf(request), sendJson);
    else exchange.end(failure(error));
    throw error as Error;
  };
  app.post(url, { errorHandler }, async (request, reply) => {
    begun.add(request);
    const exchange = openFor(request);
    const answer = await answered(request, reply, exchange, kind);
    return deliver(reply, await exchange.answer(answer));
  });
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    handler: async (request, reply) => {
      refuseCall(
        openFor(request),
        405,
        `the function was called with ${request.method}`,
        'call it with POST',
      );
      return reply.code(405).header('Allow', 'POST').send();
    },
  });
}

async function answered(
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange,
  { handle, refuse }: FunctionKind,
): Promise<Answer> {
  const headers = reply.getHeaders() as Record<string, string>;
  try {
    await exchange.receive({ headers: request.headers, body: (request.body as Buffer | undefined) ?? empty });
    return (await exchange.handleElsewhere()) ?? answerOf(await handle(request, exchange), headers);
  } catch (error) {
    if (error instanceof Interruption) return error.answerWith(headers);
    if (error instanceof Refusal) {
      exchange.noteRefusal(error);
      return answerOf(refuse(error), headers);
    }
    exchange.end(failure(error as { readonly statusCode?: number }));
    throw error;
  }
}

const empty = Buffer.alloc(0);

const sendJson = 'send Content-Type: application/json';

const mediaTypeOf = ({ headers }: FastifyRequest): string =>
  headers['content-type'] === undefined
    ? 'the body has no Content-Type'
    : `the Content-Type of the body is ${headers['content-type']}`;

/** The answer to a failed request: a status without a body. */
const failure = ({ statusCode = 500 }: { readonly statusCode?: number }): Answer => ({
  status: statusCode,
  headers: {},
  body: empty,
});

/** Returns the body as octets. If the body were a string, Fastify would add a charset, which SGP.22 6.5.1.2 does not allow. */
const answerOf = ({ status, body }: Outcome, headers: Answer['headers']): Answer =>
  body === undefined
    ? { status, headers, body: empty }
    : { status, headers: { ...headers, 'content-type': 'application/json' }, body: Buffer.from(body) };
