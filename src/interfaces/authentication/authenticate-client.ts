import type { Exchange } from '../../instruments/exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import { transactionIdFromText } from '../../wire/rsp/index.js';
import type { AuthenticationContext } from './context.js';
import type { RspServers } from './rsp-server.js';

/**
 * AuthenticateClient of ES9+ and of ES11 (SGP.22 5.6.3, 5.8.2): LPAs call either on either path, so the session tells which
 * server answers.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2, and those of the server
 */
export async function authenticateClient(
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
