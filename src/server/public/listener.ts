import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { answerUnreadablePath, Problem, sendProblem } from '../../api/index.js';
import { ProfileRequestError } from '../../orders/index.js';
import { DuplicateError } from '../../store/index.js';
import { isEid } from '../../wire/rsp/index.js';
import { objectionToPage } from '../foreign-request.js';
import { limits, networkOf } from './limits.js';
import { QuotaError, type PublicOrders } from './orders.js';
import { publicPage, publicStyle, type AboutServer, type Outcome } from './page.js';

/** Maximum time that a request may take to arrive, in milliseconds. */
const requestTimeout = 10_000;

export interface PublicListenerOptions {
  readonly orders: PublicOrders;
  readonly address: () => string;
  /** Proxies whose X-Forwarded-For the server trusts. */
  readonly trustedProxies: readonly string[];
  readonly log: FastifyBaseLogger;
}

/** The listener that a public server shows to everyone: the self-service page, its call, and a health check. */
export function publicListener({
  orders,
  address,
  trustedProxies,
  log,
}: PublicListenerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.body,
    requestTimeout,
    keepAliveTimeout: 20_000,
    return503OnClosing: false,
    frameworkErrors: answerUnreadablePath,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    http: { connectionsCheckingInterval: 1_000, headersTimeout: requestTimeout },
  } as FastifyServerOptions) as unknown as FastifyInstance;
  app.server.maxConnections = limits.connections;
  app.register(helmet, {
    hsts: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...{ defaultSrc: ["'none'"], styleSrc: ["'self'"], imgSrc: ['data:'], formAction: ["'self'"] },
        ...{ baseUri: ["'none'"], frameAncestors: ["'none'"] },
      },
    },
  });
  limitRequests(app, limits.pageRequests);
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  app.register((pages, _options, done) => {
    servePages(pages, orders, address);
    done();
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new Problem(404, `there is no ${request.method} ${request.url.split('?')[0]}`)),
  );
  return app;
}

/** Limits the requests of each address to a listener, on known and unknown paths together. Uses bounded memory. */
export function limitRequests(app: FastifyInstance, perMinute: number): void {
  app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: limits.remembered,
    keyGenerator: ({ ip }) => networkOf(ip),
  });
  // The plugin itself limits only requests to known paths.
  app.after(() => {
    const limit = app.rateLimit();
    app.addHook('onRequest', async (request, reply) => {
      if (request.is404) await limit.call(app, request, reply);
    });
  });
}

function servePages(app: FastifyInstance, orders: PublicOrders, address: () => string): void {
  const about = (): AboutServer => ({
    address: address(),
    hours: Math.round(orders.validity / 360_000) / 10,
  });
  const page = (reply: FastifyReply, status: number, outcome?: Outcome, eid?: string): FastifyReply =>
    reply
      .code(status)
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(publicPage(about(), outcome, eid));

  app.get('/', (_request, reply) => page(reply, 200));
  app.get('/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(publicStyle));
  app.get('/healthz', { config: { rateLimit: false } }, (_request, reply) => reply.send({ status: 'ok' }));
  app.post('/codes', { config: { rateLimit: { max: limits.codeRequests } } }, async (request, reply) => {
    const objection = objectionToPage(request);
    if (objection !== undefined) throw new Problem(403, objection);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    try {
      const { eid, confirmationCode } = requestIn(request.body);
      const made = await orders.make({ network: networkOf(request.ip), eid, confirmationCode });
      if (!isForm)
        return await reply.code(201).send({ ...made, validUntil: new Date(made.validUntil).toISOString() });
      const { default: qrCodes } = await import('qrcode');
      return page(
        reply,
        201,
        { made, qrCode: await qrCodes.toString(made.activationCode, { type: 'svg' }) },
        eid,
      );
    } catch (error) {
      const problem = problemOf(error);
      if (!isForm || problem === undefined) throw problem ?? error;
      return page(reply, problem.status, { problem: problem.message }, eidIn(request.body));
    }
  });
}

const eidIn = (body: unknown): string | undefined => {
  const { eid } = (body ?? {}) as Record<string, unknown>;
  return typeof eid === 'string' ? eid : undefined;
};

/** @throws Problem 400 */
function requestIn(body: unknown): { readonly eid: string; readonly confirmationCode?: string | undefined } {
  const members = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const eid = eidIn(body)?.replace(/\s/g, '') ?? '';
  if (!isEid(eid)) throw new Problem(400, 'eid: an EID has 32 digits');
  const code = members['confirmationCode'];
  if (code === undefined || code === '') return { eid };
  if (typeof code !== 'string' || code.length > 64)
    throw new Problem(400, 'confirmationCode: give a text of at most 64 characters');
  return { eid, confirmationCode: code };
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof QuotaError) return new Problem(429, error.message);
  if (error instanceof ProfileRequestError) return new Problem(400, error.message);
  return error instanceof DuplicateError ? new Problem(503, 'no code could be made: try again') : undefined;
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Problem) return sendProblem(reply, error);
  const { statusCode = 500, message } = error as { readonly statusCode?: number; readonly message: string };
  if (statusCode < 500) return sendProblem(reply, new Problem(statusCode, message));
  request.log.error({ err: error }, 'a request to the public page failed');
  return sendProblem(reply, new Problem(500, 'the server failed'));
}
