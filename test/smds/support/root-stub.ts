import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Pem } from './smds.js';

/** What a stub does with a request: a status code of SGP.22, a body, an HTTP status, or no answer. */
export type Conduct = { status: string } | { body: string } | { http: number } | 'close' | 'silence';

/** Something at the place of a root SM-DS; it ends with the test. */
export interface RootStub {
  readonly address: string;
  readonly requests: { path: string; body: Record<string, unknown>; clientOid: string | undefined }[];
  conduct: Conduct;
}

const success = { functionExecutionStatus: { status: 'Executed-Success' } };
const failed = (status: string) => {
  const [subjectCode, reasonCode] = status.split('/');
  return { functionExecutionStatus: { status: 'Failed', statusCodeData: { subjectCode, reasonCode } } };
};

/** @param at port; default: any that is free */
export async function startRootStub(credential: Pem, conduct: Conduct, at = 0): Promise<RootStub> {
  const stub: Omit<RootStub, 'address'> = { requests: [], conduct };
  const tls = { ...credential, requestCert: true, rejectUnauthorized: false };
  const server = createServer(tls, (request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const shown = (request.socket as TLSSocket).getPeerX509Certificate();
      stub.requests.push({
        path: request.url!,
        body: JSON.parse(text) as Record<string, unknown>,
        clientOid: /Registered ID:([\d.]+)/.exec(shown?.subjectAltName ?? '')?.[1],
      });
      const now = stub.conduct;
      if (now === 'silence') return;
      if (now === 'close') request.socket.destroy();
      else if ('http' in now) response.writeHead(now.http).end();
      else if ('body' in now) response.end(now.body);
      else {
        const header = now.status === '' ? success : failed(now.status);
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ header }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { port: number };
  return Object.assign(stub, { address: `localhost:${port}` });
}
