import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Exchange } from '../exchanges/index.js';
import { Refusal } from '../rsp/index.js';
import { answeredProtocol } from './admin-protocol.js';
import { authenticateClient } from './authenticate-client.js';
import { cancelSession } from './cancel-session.js';
import type { Es9PlusContext } from './context.js';
import { getBoundProfilePackage } from './get-bound-profile-package.js';
import { handleNotification } from './handle-notification.js';
import { initiateAuthentication } from './initiate-authentication.js';
import { parseBody, refusalBody, successBody, type RequestBody } from './json.js';

/** Request-response functions (SGP.22 6.5.2.6 to 6.5.2.10): answered with a header and HTTP status 200, whatever the outcome. */
const functions: Readonly<
  Record<string, (context: Es9PlusContext, body: RequestBody, exchange: Exchange) => Promise<object>>
> = {
  initiateAuthentication,
  authenticateClient,
  getBoundProfilePackage,
  cancelSession,
};

/** No message of ES9+ comes near this. */
const bodyLimit = 128 * 1024;

/** ES9+ in its JSON binding (SGP.22 6.5) under `/gsma/rsp2/es9plus/`. */
export function es9plus(
  app: FastifyInstance,
  { context }: { context: Es9PlusContext },
  done: () => void,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (_request, body, parsed) =>
    parsed(null, body),
  );
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('X-Admin-Protocol', answeredProtocol(request.headers['x-admin-protocol']));
    next();
  });

  for (const [name, run] of Object.entries(functions)) {
    post(app, name, async (request, reply) => {
      const answer = await answered(() =>
        run(context, parseBody(request.body as string), new Exchange('ES9+', name)),
      );
      return json(reply, answer);
    });
  }
  post(app, 'handleNotification', async (request, reply) => {
    await handleNotification(
      context,
      parseBody(request.body as string),
      new Exchange('ES9+', 'handleNotification'),
    );
    return reply.code(204).send();
  });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    return json(reply.code(400), refusalBody(error));
  });
  done();
}

/** A refusal is an answer too: LPAs read the body of no other HTTP status than 200. */
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
