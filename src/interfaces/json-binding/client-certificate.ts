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
 * Demands a TLS client certificate (SGP.22 5.3, 5.9: mutual authentication), before a body is read: HTTP status 401 where
 * there is none, 403 for one that is not accepted.
 *
 * @param whose who has to show one: `an operator`
 * @param identify who it is; raises a CertificateError for one that is not accepted
 * @param open opens the exchange of a request that is refused
 * @returns what tells of a request who has sent it
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
        `the certificate has to be one of ${whose} whose CA this server trusts`,
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

/** The function that the path names. */
const functionOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url?.split('/').at(-1) ?? '';

/** `undefined` for plain HTTP too. */
const shownBy = (socket: Socket): X509Certificate | undefined =>
  'getPeerX509Certificate' in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;
