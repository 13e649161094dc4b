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
  /** The SM-DP+ OID in the activation code. The server's certificate must have the same OID. */
  readonly expectedOid?: string | undefined;
}

/** The eUICC's answer to the server, for ES9+.AuthenticateClient. */
export interface MutualAuthentication {
  readonly serverOid: string | undefined;
  /** Whether the server is an SM-DS, according to its certificate. */
  readonly isSmds: boolean;
  readonly authenticateServerResponse: Buffer;
  /** Present if the eUICC refused the server. The LPA sends the eUICC's error response to the server, and then raises this error. */
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

/** Checks that serverSigned1 has the transactionId of the answer, and the address of the server that the LPA has called. */
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

/** Reads the OID and the role in a certificate. Ignores an unreadable certificate, because the eUICC will refuse it. */
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

/**
 * Whether the eUICC refused the server. `false` if an edit has made the response unreadable, so that the LPA still
 * sends it to the server.
 */
function isRefusal(response: Buffer): boolean {
  try {
    return 'authenticateResponseError' in decode(AuthenticateServerResponse, response);
  } catch {
    return false;
  }
}
