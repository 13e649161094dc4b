import { received } from '../../wire/asn1/index.js';
import type { AuthenticateServerResponse } from '../../wire/rsp/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import type { VerifiedEuicc } from '../../pki/index.js';
import type { RspSession } from '../../store/index.js';
import type { AuthenticationContext } from './context.js';
import {
  requireAccepted,
  requireSessionData,
  requireSignature,
  verifyEuicc,
  type AuthenticateResponseOk,
} from './euicc-answer.js';

/** A request of authenticateClient, and the session that it belongs to. */
interface Authentication {
  readonly exchange: Pick<Exchange, 'check'>;
  /** The clause that describes the function: 5.6.3 for ES9+, 5.8.2 for ES11. Both clauses number these steps (2) to (4). */
  readonly clause: '5.6.3' | '5.8.2';
  readonly session: RspSession;
  readonly response: AuthenticateServerResponse;
}

/** An eUICC that has proved its identity. */
export interface AuthenticatedEuicc extends VerifiedEuicc {
  readonly signed: AuthenticateResponseOk['euiccSigned1'];
  /** euiccSignature1. */
  readonly signature: Buffer;
}

/**
 * Steps (2) to (4) of authenticateClient, in which the eUICC proves its identity. They are the same in ES9+ (SGP.22 5.6.3) and ES11
 * (SGP.22 5.8.2).
 *
 * @throws Refusal 8.1/6.1 if the eUICC has refused the server; in step (2) 8.1.2/6.1, 8.1.2/6.3, 8.1.3/6.1, 8.1.3/6.3, 8.11.1/3.9;
 * in step (3) 8.1/6.1; in step (4) 8.1/6.1, 8.10.1/3.9
 */
export function authenticateEuicc(
  context: Pick<AuthenticationContext, 'pki' | 'clock'>,
  { exchange, clause, session, response }: Authentication,
): AuthenticatedEuicc {
  const answer = exchange.check('5.7.13', 'the eUICC has accepted the server', () =>
    requireAccepted(response),
  );
  const { euiccSigned1: signed, euiccSignature1: signature } = answer;

  const euicc = exchange.check(`${clause} (2)`, 'CERT.EUM and CERT.EUICC are valid', () =>
    verifyEuicc(context, session, answer),
  );
  exchange.check(`${clause} (3)`, 'euiccSignature1 verifies', () =>
    requireSignature({
      ...{ name: 'euiccSignature1', signature, over: [received(signed)] },
      publicKey: euicc.publicKey,
    }),
  );
  exchange.check(
    `${clause} (4)`,
    'TransactionId, serverChallenge and serverAddress are those of the session',
    () => requireSessionData(session, signed),
  );
  return { ...euicc, signed, signature };
}
