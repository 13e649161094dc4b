import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CertificateError } from '../../pki/index.js';
import type { OpenExchange } from './functions.js';
import { originOf } from '../../instruments/exchanges/index.js';
import { refuseCall } from './refuse-call.js';

const decorator = 'clientIdentity';

/**
 * Demands a TLS client certificate before the body is read (mutual authentication, SGP.22 5.3, 5.9). Answers HTTP status 401 if
 * there is none, 403 if it is not accepted.
 *
 * @param whose the caller, for messages: `an operator`
 * @param identify returns the caller's identity; raises a CertificateError if the certificate is not accepted
 * @param open opens the exchange of a refused request
 * @returns gives the identity of a request's caller
 */
export function demandClientCertificate<T>(
  app: FastifyInstance,
  whose: string,
  identify: (certificate: X509Certificate) => T | Promise<T>,
  open: OpenExchange,
): (request: FastifyRequest) => T {
  app.decorateRequest(decorator);
  app.addHook('onRequest', async (request, reply) => {
    const certificate = shownBy(request.raw.socket);
    const refuse = (status: 401 | 403, why: string) => {
      const exchange = open(functionOf(request));
      exchange.noteOrigin(originOf(request));
      refuseCall(
        exchange,
        status,
        why,
        `present a certificate of ${whose} from a CA that this server trusts`,
      );
      return reply.code(status).type('text/plain').send(`${why}\n`);
    };
    if (!certificate) return refuse(401, `a TLS client certificate of ${whose} is needed`);
    try {
      request.setDecorator(decorator, await identify(certificate));
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      return refuse(403, `client certificate: ${error.message}`);
    }
    return undefined;
  });
  return (request) => request.getDecorator<T>(decorator);
}

/** The function in the path. */
const functionOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url?.split('/').at(-1) ?? '';

/** The client certificate; `undefined` without one, and for plain HTTP. */
const shownBy = (socket: Socket): X509Certificate | undefined =>
  'getPeerX509Certificate' in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;
