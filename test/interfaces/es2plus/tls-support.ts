import { request } from 'node:https';
import type { SecureVersion } from 'node:tls';
import { certificateToPem, loadPki, type Issued } from '../../../src/pki/index.js';
import { createLog, deviceListener } from '../../../src/server/index.js';
import { startOperatorSide, type OperatorSide } from './support.js';
import { whenDone } from '../../support/when-done.js';

/** What a client shows in the TLS handshake, as node:https takes it. */
export interface ClientCredential {
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: Buffer;
  readonly passphrase?: string;
  readonly maxVersion?: SecureVersion;
}

export const pemOf = ({ certificate, key }: Issued): ClientCredential => ({
  cert: certificateToPem(certificate),
  key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

export interface TlsOperatorSide extends OperatorSide {
  /** Sends a request to the device-facing listener. */
  readonly sendOverTls: (path: string, body: object, client?: ClientCredential) => Promise<TlsAnswer>;
}

/** An SM-DP+ whose device-facing listener serves ES2+ too. */
export async function startTlsOperatorSide(): Promise<TlsOperatorSide> {
  const smdp = await startOperatorSide();
  const { context, es2plusContext, pkiFolder } = smdp;
  const { tls } = await loadPki(pkiFolder, {
    ...{ address: 'localhost', now: new Date(), warn: () => undefined },
  });
  const app = deviceListener({ context, es2plusContext, tls, log: createLog('silent') });
  await app.listen({ host: '127.0.0.1', port: 0 });
  whenDone(() => app.close());
  const { port } = app.server.address() as { port: number };

  const sendOverTls: TlsOperatorSide['sendOverTls'] = (path, body, client = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: '127.0.0.1', port, path, method: 'POST', servername: 'localhost', ca: tls.ca },
          headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' },
          agent: false,
          ...client,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  return { ...smdp, sendOverTls };
}
