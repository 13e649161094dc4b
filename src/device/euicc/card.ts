import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { CardBehaviour } from './behaviour.js';
import type { CardCertificate } from './certificate.js';
import type { EuiccEdits } from './edits.js';
import { ConditionsOfUseError, type InstallationFault } from './faults.js';
import type { OneTimeKeyPair } from './key-agreement.js';
import type { NonVolatileMemory } from './state.js';
import type { EuiccTraits } from './traits.js';
import type { ServerRole, TrustedCi } from './server-certificate.js';

/** The eUICC's identity under one CI. */
export interface EuiccCredential {
  /** Subject key identifier of the CI. */
  readonly ciKeyId: Buffer;
  /** SK.EUICC.ECDSA. */
  readonly privateKey: KeyObject;
  /** CERT.EUICC.ECDSA, DER. */
  readonly euiccCertificate: Buffer;
  /** CERT.EUM.ECDSA, DER. */
  readonly eumCertificate: Buffer;
}

/** The EID, keys and certificates that a manufacturer puts into an eUICC. */
export interface EuiccMaterial {
  /** 32 digits. */
  readonly eid: string;
  /** Most preferred first; `euiccCiPKIdListForSigning` follows this order. */
  readonly credentials: readonly EuiccCredential[];
  /** Most preferred first; `euiccCiPKIdListForVerification` follows this order. */
  readonly trustedCis: readonly TrustedCi[];
}

/** ES10b.GetEUICCChallenge returned a challenge. No server is authenticated yet. */
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
  /** TLV 5F37. The SM-DP+'s smdpSignature2 also covers this TLV. */
  readonly euiccSignature1: Buffer;
}

/** ES10b.PrepareDownload succeeded. */
export interface PreparedSession extends Omit<AuthenticatedSession, 'stage'> {
  readonly stage: 'prepared';
  readonly bindingCertificate: CardCertificate;
  readonly oneTimeKey: OneTimeKeyPair;
}

/** The result of ES10b.LoadBoundProfilePackage. */
export interface Installation {
  /** ProfileInstallationResult (`BF37`), DER. The eUICC also keeps it as a notification. */
  readonly profileInstallationResult: Buffer;
  /** Sequence number of that notification. */
  readonly seqNumber: number;
  /** The ICCID in digits. `undefined` if the installation failed before the metadata was read. */
  readonly iccid: string | undefined;
  /** Why the installation failed. `undefined` if the profile is installed. */
  readonly fault: InstallationFault | undefined;
}

export type CardSession = ChallengedSession | AuthenticatedSession | PreparedSession;

/** Everything that the functions of the eUICC read and change. */
export interface Card {
  readonly material: EuiccMaterial;
  readonly traits: EuiccTraits;
  readonly behaviour: CardBehaviour;
  readonly edits: EuiccEdits;
  readonly memory: NonVolatileMemory;
  readonly clock: Clock;
  readonly random: Random;
  session: CardSession | undefined;
  /** The ES10b.LoadBoundProfilePackage that is under way in the current session, and waits for the next unit. */
  load?: Generator<'unit' | 'rest', Installation, Buffer | undefined> | undefined;
}

/** Forgets the RSP session and the units that were loaded in it. */
export function endSession(card: Card): void {
  card.session = undefined;
  card.load = undefined;
}

/** The session, if its server is authenticated. */
export const authenticatedSession = (card: Card): AuthenticatedSession | PreparedSession | undefined =>
  card.session && card.session.stage !== 'challenged' ? card.session : undefined;

/** Finds the credential under the CI with this key id.
 *
 * @throws ConditionsOfUseError when the eUICC no longer has a credential under this CI
 */
export function credentialUnder(card: Card, ciKeyId: Buffer): EuiccCredential {
  const found = card.material.credentials.find((each) => each.ciKeyId.equals(ciKeyId));
  if (found) return found;
  throw new ConditionsOfUseError(`this eUICC has no certificate under CI key ${ciKeyId.toString('hex')}`);
}
