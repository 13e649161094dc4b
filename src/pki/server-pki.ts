import type { Certificate } from './certificate.js';
import type { ServerIdentity, SmdpIdentity } from './identities.js';
import type { Pki } from './pki.js';
import type { NoSelection, Selection } from './selection.js';
import type { SigningKey } from './signature.js';

/** What the functions of a server need of a {@link Pki}: whom to trust, and as whom to sign. */
export interface ServerPki extends Pick<Pki, 'verifyEuicc'> {
  readonly trustedCis: readonly Certificate[];
  /** As {@link Pki.eumCertificates}; absent: not known. */
  readonly eumCertificates?: readonly Certificate[] | undefined;
  /** The SM-DS; absent while that role is off. */
  readonly smds?: { readonly identities: readonly ServerIdentity<SigningKey>[] } | undefined;
  /** As {@link Pki.identityFor}. */
  identityFor(
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ): Selection<SmdpIdentity<SigningKey>> | NoSelection;
  /** As {@link Pki.identityUnder}. */
  identityUnder(ciKeyId: Buffer): SmdpIdentity<SigningKey> | undefined;
}
