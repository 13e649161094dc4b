import { received } from '../asn1/index.js';
import { prefixedMatchingId } from '../base/namespace.js';
import type { Exchange } from '../exchanges/index.js';
import { structure, text, type RequestBody } from '../json-binding/index.js';
import { verifyPlain, whyUnverified, type VerifiedEuicc } from '../pki/index.js';
import { AuthenticateServerResponse, Refusal, swapNibbles, transactionIdToText } from '../rsp/index.js';
import type { RspSession } from '../store/index.js';
import type { AuthenticationContext } from './context.js';
import type { AuthenticateResponseOk, RspServer, RspServers } from './rsp-server.js';
import { endSession, ongoingSession, requireSameTransaction, unknownTransaction } from './session.js';

/**
 * ES9+.AuthenticateClient and ES11.AuthenticateClient (SGP.22 5.6.3, 5.8.2): the eUICC proves who it is, and the server
 * of the session answers. Whatever is refused here ends the session: the LPA begins with initiateAuthentication again.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2, 8.10.1/3.9, 8.11.1/3.9, 8.1.2/6.1, 8.1.2/6.3, 8.1.3/6.1, 8.1.3/6.3, 8.1/6.1, and
 * those of the server
 */
export async function authenticateClient(
  context: AuthenticationContext,
  servers: RspServers,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  // SGP.22 5.6.3 (1): the TransactionId relates to an ongoing session
  const session = await ongoingSession(context, text(body, 'transactionId'), 'initiated');
  const server = servers.find(({ role }) => role === session.role);
  if (!server) throw unknownTransaction('is not of this server');
  exchange.passed(`${server.sections.authenticateClient} (1)`, 'TransactionId relates to an ongoing session');
  const response = structure(body, 'authenticateServerResponse', AuthenticateServerResponse);
  const transactionId = transactionIdToText(session.transactionId);
  try {
    await exchange.learn({ transactionId, role: server.role });
    if ('authenticateResponseError' in response) {
      const { authenticateErrorCode } = response.authenticateResponseError;
      throw new Refusal(
        '8.1/6.1',
        `eUICC refused the server: authenticateErrorCode ${authenticateErrorCode}`,
      );
    }
    const ok = response.authenticateResponseOk;
    const euicc = verifyEuicc(context, server, session, ok, exchange);
    const { matchingId, deviceInfo } = ok.euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication;
    await exchange.learn({
      eid: euicc.eid,
      matchingId,
      namespace: server.role === 'smdp' ? prefixedMatchingId(matchingId ?? '')?.namespace : undefined,
      tac: swapNibbles(deviceInfo.tac).toString('hex'),
    });
    return { transactionId, ...(await server.serve(session, ok, euicc, exchange)) };
  } catch (error) {
    if (error instanceof Refusal) await endSession(context, session);
    throw error;
  }
}

/** Who the eUICC is, from its certificates and its signature. */
function verifyEuicc(
  context: AuthenticationContext,
  { sections: { authenticateClient: section } }: RspServer,
  session: RspSession,
  response: AuthenticateResponseOk,
  exchange: Exchange,
): VerifiedEuicc {
  const { euiccSigned1, euiccSignature1, euiccCertificate, eumCertificate } = response;

  // SGP.22 5.6.3 (2): CERT.EUM and CERT.EUICC are valid, up to the CI of the session
  const euicc = context.pki.verifyEuicc({
    euiccCertificate,
    eumCertificate,
    sessionCiKeyId: session.euiccCiKeyId,
    now: context.clock.now(),
  });
  exchange.passed(`${section} (2)`, 'CERT.EUM and CERT.EUICC are valid');

  // SGP.22 5.6.3 (3): euiccSignature1 is the eUICC's, over the octets as received
  if (!verifyPlain(euicc.publicKey, [received(euiccSigned1)], euiccSignature1)) {
    throw new Refusal('8.1/6.1', `euiccSignature1 ${whyUnverified(euiccSignature1)}`);
  }
  exchange.passed(`${section} (3)`, 'euiccSignature1 verifies');

  // SGP.22 5.6.3 (4): TransactionId, challenge and address are those of the session
  requireSameTransaction(session, euiccSigned1.transactionId);
  if (!euiccSigned1.serverChallenge.equals(session.serverChallenge)) {
    throw new Refusal('8.1/6.1', 'serverChallenge is not that of the session');
  }
  if (euiccSigned1.serverAddress !== session.serverAddress) {
    throw new Refusal('8.1/6.1', 'serverAddress is not that of the session');
  }
  exchange.passed(
    `${section} (4)`,
    'TransactionId, serverChallenge and serverAddress are those of the session',
  );
  return euicc;
}
