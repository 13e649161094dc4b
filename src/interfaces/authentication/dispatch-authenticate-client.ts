import type { Exchange } from '../../instruments/exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import { transactionIdFromText } from '../../wire/rsp/index.js';
import type { AuthenticationContext } from './context.js';
import type { RspServers } from './rsp-server.js';

/**
 * Calls authenticateClient of the SM-DP+ or of the SM-DS (SGP.22 5.6.3, 5.8.2). Some LPAs use the path of the other server. So the
 * server that opened the session answers, whatever the path is. If the session is unknown, the first of `servers` answers.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2, and the refusals of the server's authenticateClient
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
