import { Asn1Error, decode } from '../../wire/asn1/index.js';
import { AuthenticateServerResponse, ServerSigned1, transactionIdToText } from '../../wire/rsp/index.js';
import { readCertificate, serverRoles, type VirtualEuicc } from '../euicc/index.js';
import { EuiccRefusal, NonconformityError, UsageError } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';
import type { Es9PlusAnswer } from './es9plus-answers.js';

/** Input of the common mutual authentication (SGP.22 3.0.1). */
export interface AuthenticationInput {
  readonly euicc: VirtualEuicc;
  readonly server: Es9PlusClient;
  /** CtxParams1, DER. */
  readonly ctxParams1: Buffer;
  /** SM-DP+ OID in the activation code. The server's certificate must have the same OID. */
  readonly expectedOid?: string | undefined;
}

/** The eUICC's answer to the server, for ES9+.AuthenticateClient. */
export interface MutualAuthentication {
  readonly serverOid: string | undefined;
  /** Whether the server's certificate, which the eUICC verifies, is that of an SM-DS. */
  readonly isSmds: boolean;
  readonly authenticateServerResponse: Buffer;
  /** Set if the eUICC refused the server. The LPA sends the error response to the server before it raises this. */
  readonly refusal: EuiccRefusal | undefined;
}

/** Calls ES9+.InitiateAuthentication, makes the LPA's checks, then calls ES10b.AuthenticateServer.
 *
 * @throws LpaError
 */
export async function authenticateMutually(
  { euicc, server, ctxParams1, expectedOid }: AuthenticationInput,
  onTransaction: (transactionId: Buffer) => Promise<void>,
): Promise<MutualAuthentication> {
  const answer = await server.call('initiateAuthentication', {
    euiccInfo1: euicc.getEuiccInfo1(),
    euiccChallenge: euicc.getEuiccChallenge(),
    smdpAddress: server.address,
  });
  checkServerSigned1(answer, server.address);
  const { oid: serverOid, isSmds } = ownerOf(answer.serverCertificate);
  if (expectedOid !== undefined && serverOid !== expectedOid) {
    throw new UsageError(
      'initiateAuthentication',
      `the activation code names SM-DP+ ${expectedOid}, the server is ${serverOid ?? '(without OID)'}`,
    );
  }
  await onTransaction(answer.transactionId);
  const { serverSigned1, serverSignature1, euiccCiPKIdToBeUsed, serverCertificate } = answer;
  const authenticateServerResponse = euicc.authenticateServer({
    serverSigned1,
    serverSignature1,
    euiccCiPKIdToBeUsed,
    serverCertificate,
    ctxParams1,
  });
  return {
    serverOid,
    isSmds,
    authenticateServerResponse,
    refusal: refusalIn(authenticateServerResponse, euicc),
  };
}

/** Checks that serverSigned1 has the transaction of the answer and the address that the LPA asked. */
function checkServerSigned1(
  { transactionId, serverSigned1 }: Es9PlusAnswer<'initiateAuthentication'>,
  address: string,
): void {
  const step = 'initiateAuthentication';
  let signedPart: ServerSigned1;
  try {
    signedPart = decode(ServerSigned1, serverSigned1);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new NonconformityError(step, `serverSigned1: ${error.message}`);
  }
  if (!signedPart.transactionId.equals(transactionId)) {
    const [outer, inner] = [transactionId, signedPart.transactionId].map(transactionIdToText);
    throw new NonconformityError(step, `transactionId is ${outer}, in serverSigned1 it is ${inner}`);
  }
  if (signedPart.serverAddress.toLowerCase() !== address.toLowerCase()) {
    throw new NonconformityError(
      step,
      `serverSigned1 has the address '${signedPart.serverAddress}', but the LPA asked '${address}'`,
    );
  }
}

/** Reads the owner of a certificate. The eUICC refuses unreadable certificates later. */
function ownerOf(certificate: Buffer): { oid: string | undefined; isSmds: boolean } {
  try {
    const { registeredId, policies } = readCertificate(certificate);
    return { oid: registeredId, isSmds: policies.includes(serverRoles.dsAuth) };
  } catch {
    return { oid: undefined, isSmds: false };
  }
}

function refusalIn(response: Buffer, euicc: VirtualEuicc): EuiccRefusal | undefined {
  if (!isRefusal(response)) return undefined;
  const { lastFault } = euicc;
  return new EuiccRefusal(
    'authenticateServer',
    lastFault?.code ?? 'undefinedError',
    lastFault?.message ?? '',
  );
}

/** An edited response may be unreadable. The LPA sends it anyway, so that the server has to detect it. */
function isRefusal(response: Buffer): boolean {
  try {
    return 'authenticateResponseError' in decode(AuthenticateServerResponse, response);
  } catch {
    return false;
  }
}
