import type { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { EumCache } from './eum-cache.js';
import type { ServerIdentity, SmdpIdentity } from './identities.js';
import type { Credential } from './issue-certificate.js';
import type { Revocations } from './revocations.js';
import type { TlsMaterial } from './tls.js';
import { verifyEuiccChain, type EuiccChain, type VerifiedEuicc } from './verify-euicc-chain.js';

/** A virtual eUICC with its chain. */
export interface EuiccCredential extends Credential {
  readonly eum: Certificate;
  readonly ci: Certificate;
}

/** TLS on P-256, and on brainpoolP256r1 where the folder has it. */
export interface PkiTls extends TlsMaterial {
  readonly brainpool?: TlsMaterial;
}

/** What is chosen for a device: the CI that its eUICC signs under, and the identity that it can verify. */
export interface Selection<I extends ServerIdentity = SmdpIdentity> {
  readonly signingCi: Certificate;
  /** 20 octets: euiccCiPKIdToBeUsed. */
  readonly signingCiKeyId: Buffer;
  readonly identity: I;
}

interface PkiParts {
  readonly trustedCis: readonly Certificate[];
  readonly identities: readonly SmdpIdentity[];
  readonly tls: PkiTls;
  readonly euiccs: readonly EuiccCredential[];
  readonly revocations: Revocations;
  readonly operatorCas: readonly X509Certificate[];
}

/** The certificates and keys that a server works with. */
export class Pki {
  /** CIs under which eUICCs are accepted; several certificates of one key are all in it. */
  readonly trustedCis: readonly Certificate[];
  /** At least one, P-256 first. */
  readonly identities: readonly SmdpIdentity[];
  readonly tls: PkiTls;
  /** The virtual eUICC on each curve for which the folder has its key, P-256 first. */
  readonly euiccs: readonly EuiccCredential[];
  /** Issuers of the client certificates that operators may show on ES2+. */
  readonly operatorCas: readonly X509Certificate[];
  readonly #revocations: Revocations;
  readonly #cache = new EumCache();

  constructor({ trustedCis, identities, tls, euiccs, revocations, operatorCas }: PkiParts) {
    this.trustedCis = trustedCis;
    this.identities = identities;
    this.tls = tls;
    this.euiccs = euiccs;
    this.operatorCas = operatorCas;
    this.#revocations = revocations;
  }

  /** The virtual eUICC. */
  get euicc(): EuiccCredential | undefined {
    return this.euiccs[0];
  }

  /**
   * Chooses for a device, from the lists in its euiccInfo1 (SGP.22 5.6.1): the first CI of the signing list that is
   * trusted (`noSigningCi`: 8.8.2/3.1), then an identity under a CI of the verification list, of the same CI where
   * possible (`noIdentity`: 8.8.4/3.7).
   */
  identityFor(
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ): Selection | 'noSigningCi' | 'noIdentity' {
    for (const signingCiKeyId of signingList) {
      const signingCi = this.trustedCis.find((ci) => ci.subjectKeyId!.equals(signingCiKeyId));
      if (!signingCi) continue;
      const [identity] = [signingCiKeyId, ...verificationList]
        .filter((keyId) => verificationList.some((listed) => listed.equals(keyId)))
        .flatMap((keyId) => this.identityUnder(keyId) ?? []);
      return identity ? { signingCi, signingCiKeyId, identity } : 'noIdentity';
    }
    return 'noSigningCi';
  }

  /** The identity that is used under a CI; with `oid` that of a certain SM-DP+. */
  identityUnder(ciKeyId: Buffer, oid?: string): SmdpIdentity | undefined {
    return this.identities.find(
      (identity) => identity.ci.subjectKeyId!.equals(ciKeyId) && (oid === undefined || identity.oid === oid),
    );
  }

  /** {@link verifyEuiccChain} with the trusted CIs, the CRLs and the cache of this PKI; the same refusals. */
  verifyEuicc(
    chain: Pick<EuiccChain, 'euiccCertificate' | 'eumCertificate' | 'sessionCiKeyId' | 'now'>,
  ): VerifiedEuicc {
    return verifyEuiccChain({
      ...chain,
      trustedCis: this.trustedCis,
      revocations: this.#revocations,
      cache: this.#cache,
    });
  }
}
