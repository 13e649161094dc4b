import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  CertificateError,
  commonNameOf,
  fingerprintOf,
  requireClientOf,
  requireValidNow,
} from '../pki/index.js';
import type { Es2PlusContext } from './context.js';

const decorator = 'operatorIdentifiers';

/** The functionRequesterIdentifiers that the client's certificate is for, where one was demanded. */
export const identifiersOf = (request: FastifyRequest): ReadonlySet<string> =>
  request.getDecorator<ReadonlySet<string>>(decorator);

/**
 * Demands the TLS client certificate of an operator (SGP.22 5.3: mutual authentication), before a body is read: HTTP status
 * 401 where there is none, 403 for one that is not accepted.
 */
export function demandClientCertificate(app: FastifyInstance, context: Es2PlusContext): void {
  app.decorateRequest(decorator);
  app.addHook('onRequest', async (request, reply) => {
    const certificate = shownBy(request.raw.socket);
    const refuse = (status: 401 | 403, why: string) => reply.code(status).type('text/plain').send(`${why}\n`);
    if (!certificate) return refuse(401, 'a TLS client certificate of an operator is needed');
    try {
      request.setDecorator(decorator, await identifiersFor(certificate, context));
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      return refuse(403, `client certificate: ${error.message}`);
    }
    return undefined;
  });
}

/** `undefined` for plain HTTP too. */
const shownBy = (socket: Socket): X509Certificate | undefined =>
  'getPeerX509Certificate' in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;

/**
 * The operators that the certificate was registered for, and the one that its common name names, where one of our CAs
 * has issued it.
 *
 * @throws CertificateError expired, notYetValid, issuer, signature, extendedKeyUsage
 */
async function identifiersFor(
  certificate: X509Certificate,
  { store, clock, operatorCas }: Es2PlusContext,
): Promise<ReadonlySet<string>> {
  const now = clock.now();
  requireValidNow(certificate, now);
  const fingerprint = fingerprintOf(certificate);
  const registered = (await store.operators())
    .filter(({ certificates }) => certificates.includes(fingerprint))
    .map(({ identifier }) => identifier);
  if (registered.length > 0) return new Set(registered);
  requireClientOf(operatorCas, certificate, now);
  return new Set(commonNameOf(certificate));
}
