import type { Certificate } from './certificate.js';
import type { ServerIdentity, SmdpIdentity } from './identities.js';
import type { SigningKey } from './signature.js';

/** The selection for a device: the CI under which its eUICC signs, and an identity of the server that the eUICC can verify. */
export interface Selection<I extends ServerIdentity<SigningKey> = SmdpIdentity> {
  readonly signingCi: Certificate;
  /** 20 octets: euiccCiPKIdToBeUsed. */
  readonly signingCiKeyId: Buffer;
  readonly identity: I;
}

/** Why nothing could be selected. */
export type NoSelection = 'noSigningCi' | 'noIdentity';

/**
 * Selects a CI and an identity for a device, from the two lists in its euiccInfo1 (SGP.22 5.6.1). The CI is the first CI of the signing
 * list that the server trusts. The identity is under a CI of the verification list, preferably under the selected CI.
 *
 * @returns `noSigningCi` if no CI matches, `noIdentity` if no identity matches
 */
export function selectIdentity<I extends ServerIdentity<SigningKey>>(
  trustedCis: readonly Certificate[],
  identities: readonly I[],
  signingList: readonly Buffer[],
  verificationList: readonly Buffer[],
): Selection<I> | NoSelection {
  for (const signingCiKeyId of signingList) {
    const signingCi = trustedCis.find((ci) => ci.subjectKeyId!.equals(signingCiKeyId));
    if (!signingCi) continue;
    const [identity] = [signingCiKeyId, ...verificationList]
      .filter((keyId) => verificationList.some((listed) => listed.equals(keyId)))
      .flatMap((keyId) => identities.find(({ ci }) => ci.subjectKeyId!.equals(keyId)) ?? []);
    return identity ? { signingCi, signingCiKeyId, identity } : 'noIdentity';
  }
  return 'noSigningCi';
}
