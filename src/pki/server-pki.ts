import type { Certificate } from './certificate.js';
import type { ServerIdentity, SmdpIdentity } from './identities.js';
import type { Pki } from './pki.js';
import type { NoSelection, Selection } from './selection.js';
import type { SigningKey } from './signature.js';

/** The part of a {@link Pki} that the functions of a server use: trusted CIs and signing identities. */
export interface ServerPki extends Pick<Pki, 'verifyEuicc'> {
  readonly trustedCis: readonly Certificate[];
  /** See {@link Pki.eumCertificates}. Absent if the certificates are not known. */
  readonly eumCertificates?: readonly Certificate[] | undefined;
  /** The SM-DS. Absent if the server is not an SM-DS. */
  readonly smds?: { readonly identities: readonly ServerIdentity<SigningKey>[] } | undefined;
  /** See {@link Pki.identityFor}. */
  identityFor(
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ): Selection<SmdpIdentity<SigningKey>> | NoSelection;
  /** See {@link Pki.identityUnder}. */
  identityUnder(ciKeyId: Buffer): SmdpIdentity<SigningKey> | undefined;
}
