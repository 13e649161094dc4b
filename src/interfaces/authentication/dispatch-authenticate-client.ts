import type { Exchange } from '../../instruments/exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import { transactionIdFromText } from '../../wire/rsp/index.js';
import type { AuthenticationContext } from './context.js';
import type { RspServers } from './rsp-server.js';

/**
 * Calls authenticateClient of ES9+ or ES11 (SGP.22 5.6.3, 5.8.2). LPAs use either path for either server, so the session
 * decides which server answers. A request without a known session goes to the first of `servers`.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2, and those of the server's authenticateClient
 */
export async function dispatchAuthenticateClient(
  { store }: Pick<AuthenticationContext, 'store'>,
  servers: RspServers,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const transactionId = transactionIdFromText(text(body, 'transactionId'));
  const session = transactionId && (await store.session(transactionId));
  const server = servers.find(({ role }) => role === session?.role) ?? servers[0];
  return server.authenticateClient({ body, session, exchange });
}
