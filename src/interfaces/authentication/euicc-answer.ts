import type { KeyObject } from 'node:crypto';
import { verifyPlain, whyUnverified, type VerifiedEuicc } from '../../pki/index.js';
import {
  AuthenticateErrorCode,
  Refusal,
  withName,
  type AuthenticateServerResponse,
} from '../../wire/rsp/index.js';
import type { RspSession } from '../../store/index.js';
import type { AuthenticationContext } from './context.js';
import { requireSameTransaction } from './session.js';

/** authenticateResponseOk: the answer of an eUICC that has accepted the server. */
export type AuthenticateResponseOk = Extract<
  AuthenticateServerResponse,
  { authenticateResponseOk: unknown }
>['authenticateResponseOk'];

/**
 * Requires that the eUICC has accepted the server (SGP.22 5.7.13).
 *
 * @throws Refusal 8.1/6.1 if the eUICC has answered authenticateResponseError
 */
export function requireAccepted(response: AuthenticateServerResponse): AuthenticateResponseOk {
  if ('authenticateResponseOk' in response) return response.authenticateResponseOk;
  const { authenticateErrorCode } = response.authenticateResponseError;
  const code = withName(AuthenticateErrorCode, authenticateErrorCode);
  throw new Refusal('8.1/6.1', `eUICC refused the server: authenticateErrorCode ${code}`);
}

/**
 * Verifies the eUICC's certificates up to the CI of the session (SGP.22 4.5.2.2).
 *
 * @returns EID and public key of the eUICC
 * @throws Refusal 8.11.1/3.9 if the certificates were issued under another CI; 8.1.2/6.1 or 8.1.2/6.3 if CERT.EUM is invalid or
 * expired; 8.1.3/6.1 or 8.1.3/6.3 if CERT.EUICC is invalid or expired
 */
export const verifyEuicc = (
  { pki, clock }: Pick<AuthenticationContext, 'pki' | 'clock'>,
  { euiccCiKeyId }: Pick<RspSession, 'euiccCiKeyId'>,
  { euiccCertificate, eumCertificate }: Pick<AuthenticateResponseOk, 'euiccCertificate' | 'eumCertificate'>,
): VerifiedEuicc =>
  pki.verifyEuicc({ euiccCertificate, eumCertificate, sessionCiKeyId: euiccCiKeyId, now: clock.now() });

/** A signature of an eUICC (SGP.22 2.6.7.2). */
export interface EuiccSignature {
  /** The name in SGP.22: `euiccSignature1`. */
  readonly name: string;
  readonly signature: Buffer;
  /** The signed octets, as received. */
  readonly over: readonly Buffer[];
  readonly publicKey: KeyObject;
}

/** @throws Refusal 8.1/6.1 if the signature does not verify with this key over these octets */
export function requireSignature({ name, signature, over, publicKey }: EuiccSignature): void {
  if (!verifyPlain(publicKey, over, signature)) {
    throw new Refusal('8.1/6.1', `${name} ${whyUnverified(signature)}`);
  }
}

/**
 * Compares the values that the eUICC signed in authenticateServer with the values of the session.
 *
 * @throws Refusal 8.10.1/3.9 if the TransactionId differs; 8.1/6.1 if the challenge or the address differs
 */
export function requireSessionData(
  session: RspSession,
  { transactionId, serverChallenge, serverAddress }: AuthenticateResponseOk['euiccSigned1'],
): void {
  requireSameTransaction(session, transactionId);
  if (!serverChallenge.equals(session.serverChallenge)) {
    throw new Refusal('8.1/6.1', 'serverChallenge is not that of the session');
  }
  if (serverAddress !== session.serverAddress) {
    throw new Refusal('8.1/6.1', 'serverAddress is not that of the session');
  }
}
