import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { CardCertificate } from './certificate.js';
import type { EuiccEdits } from './edits.js';
import { ConditionsOfUseError } from './faults.js';
import type { OneTimeKeyPair } from './key-agreement.js';
import type { NonVolatileMemory } from './state.js';
import type { EuiccTraits } from './traits.js';
import type { ServerRole, TrustedCi } from './trust.js';

/** The eUICC's identity under one CI. */
export interface EuiccCredential {
  /** Subject key identifier of the CI. */
  readonly ciKeyId: Buffer;
  readonly privateKey: KeyObject;
  /** CERT.EUICC.ECDSA, DER. */
  readonly euiccCertificate: Buffer;
  /** CERT.EUM.ECDSA, DER. */
  readonly eumCertificate: Buffer;
}

/** What a manufacturer puts into an eUICC. */
export interface EuiccMaterial {
  readonly eid: string;
  /** Most preferred first; `euiccCiPKIdListForSigning` follows this order. */
  readonly credentials: readonly EuiccCredential[];
  /** Most preferred first; `euiccCiPKIdListForVerification` follows this order. */
  readonly trustedCis: readonly TrustedCi[];
}

/** A challenge was given out, no server authenticated itself yet. */
export interface ChallengedSession {
  readonly stage: 'challenged';
  readonly euiccChallenge: Buffer;
}

/** ES10b.AuthenticateServer succeeded. */
export interface AuthenticatedSession {
  readonly stage: 'authenticated';
  readonly transactionId: Buffer;
  readonly serverAddress: string;
  readonly role: ServerRole;
  /** OID of the server's owner, from CERT.DPauth or CERT.DSauth. */
  readonly serverOid: string;
  readonly serverCi: TrustedCi;
  readonly credential: EuiccCredential;
  /** TLV 5F37, which smdpSignature2 covers. */
  readonly euiccSignature1: Buffer;
}

/** ES10b.PrepareDownload succeeded. */
export interface PreparedSession extends Omit<AuthenticatedSession, 'stage'> {
  readonly stage: 'prepared';
  readonly bindingCertificate: CardCertificate;
  readonly oneTimeKey: OneTimeKeyPair;
}

export type CardSession = ChallengedSession | AuthenticatedSession | PreparedSession;

/** What the functions of the eUICC work on. */
export interface Card {
  readonly material: EuiccMaterial;
  readonly traits: EuiccTraits;
  readonly edits: EuiccEdits;
  readonly memory: NonVolatileMemory;
  readonly clock: Clock;
  readonly random: Random;
  session: CardSession | undefined;
}

/** The session, if a server is authenticated in it. */
export const authenticatedSession = (card: Card): AuthenticatedSession | PreparedSession | undefined =>
  card.session && card.session.stage !== 'challenged' ? card.session : undefined;

/** The credential under the CI with this key id.
 *
 * @throws ConditionsOfUseError when there is none any more
 */
export function credentialUnder(card: Card, ciKeyId: Buffer): EuiccCredential {
  const found = card.material.credentials.find((each) => each.ciKeyId.equals(ciKeyId));
  if (found) return found;
  throw new ConditionsOfUseError(`this eUICC has no certificate under CI key ${ciKeyId.toString('hex')}`);
}
