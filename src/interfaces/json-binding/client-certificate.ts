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
 * Demands a TLS client certificate before the server reads the body (mutual authentication, SGP.22 5.3, 5.9). Answers with HTTP status
 * 401 if the client shows no certificate, and with 403 if `identify` rejects the certificate.
 *
 * @param whose the kind of caller, for messages: `an operator`
 * @param identify returns the caller's identity; raises a CertificateError to reject the certificate
 * @param open opens the exchange of a rejected request
 * @returns a function that returns the identity of the caller of a request
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
    if (!certificate) return refuse(401, `a TLS client certificate of ${whose} is required`);
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

/** The name of the function, which is the last segment of the path. */
const functionOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url?.split('/').at(-1) ?? '';

/** The client's certificate. `undefined` if the client shows no certificate, or if the connection is plain HTTP. */
const shownBy = (socket: Socket): X509Certificate | undefined =>
  'getPeerX509Certificate' in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;
