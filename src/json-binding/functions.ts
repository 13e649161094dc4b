import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../rsp/index.js';
import { answeredProtocol } from './admin-protocol.js';
import { refusalBody, successBody } from './answer.js';
import { parseBody, type RequestBody } from './body.js';

/** No message of ES2+ or ES9+ comes near this. */
const bodyLimit = 128 * 1024;

/** What the functions of one interface have in common: bodies in JSON, X-Admin-Protocol in every answer. */
export function bindFunctions(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
    parsed(null, body),
  );
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('X-Admin-Protocol', answeredProtocol(request.headers['x-admin-protocol']));
    next();
  });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    return reply.code(400).send();
  });
}

/**
 * A request-response function: answered with a header and HTTP status 200, whatever the outcome, since LPAs and operators'
 * systems read the body of no other status.
 *
 * @param run gives the members of the answer beside the header, or raises a Refusal
 */
export function requestResponse(
  app: FastifyInstance,
  name: string,
  run: (body: RequestBody, request: FastifyRequest) => Promise<object>,
): void {
  post(app, name, async (request, reply) =>
    json(reply, await answered(() => run(parseBody(request.body as Buffer | undefined), request))),
  );
}

/** A notification: answered with HTTP status 204 and nothing else, or with 400 where it cannot be read. */
export function notification(
  app: FastifyInstance,
  name: string,
  run: (body: RequestBody, request: FastifyRequest) => Promise<void>,
): void {
  post(app, name, async (request, reply) => {
    await run(parseBody(request.body as Buffer | undefined), request);
    return reply.code(204).send();
  });
}

async function answered(run: () => Promise<object>): Promise<string> {
  try {
    return successBody(await run());
  } catch (error) {
    if (error instanceof Refusal) return refusalBody(error);
    throw error;
  }
}

/** As octets: to a text Fastify would add a charset, which SGP.22 6.5.1.2 does not have. */
const json = (reply: FastifyReply, body: string): FastifyReply =>
  reply.header('Content-Type', 'application/json').send(Buffer.from(body));

function post(
  app: FastifyInstance,
  name: string,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  const url = `/${name}`;
  app.post(url, handler);
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    handler: async (_request, reply) => reply.code(405).header('Allow', 'POST').send(),
  });
}
