import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { certificateToPem } from '../pki/index.js';
import type { ControlContext } from './context.js';

/** `/pki`: what a client has to trust. */
export function pki(app: FastifyInstance, { context }: { context: ControlContext }, done: () => void): void {
  const pem = (url: string, summary: string, text: () => string): void => {
    const schema = {
      tags: ['pki'],
      summary,
      response: { 200: { content: { [pemFile]: { schema: Type.String() } } } },
    };
    app.get(url, { schema }, (_request, reply) => reply.type(pemFile).send(text()));
  };
  pem('/pki/ci.pem', 'The certificates of the CIs under which eUICCs are accepted', () =>
    context.pki.trustedCis.map(certificateToPem).join(''),
  );
  pem('/pki/tls.pem', 'The certificate that a TLS client of the device-facing listener has to trust', () => {
    const { ca, brainpool } = context.pki.tls;
    return brainpool && brainpool.ca !== ca ? `${ca.trimEnd()}\n${brainpool.ca}` : ca;
  });
  done();
}

const pemFile = 'application/x-pem-file';
