import type { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { EumCache } from './eum-cache.js';
import type { SmdpIdentity } from './identities.js';
import type { Credential } from './issue-certificate.js';
import type { Revocations } from './revocations.js';
import { selectIdentity, type NoSelection, type Selection } from './selection.js';
import type { SmdsMaterial } from './smds.js';
import type { TlsMaterial } from './tls.js';
import { verifyEuiccChain, type EuiccChain, type VerifiedEuicc } from './verify-euicc-chain.js';
import { verifyServerChain, type ServerChain } from './verify-server-chain.js';

/** A virtual eUICC, with the certificates of its EUM and CI. */
export interface EuiccCredential extends Credential {
  readonly eum: Certificate;
  readonly ci: Certificate;
}

/** A manufacturer with its private key. */
export interface EumCredential extends Credential {
  readonly ci: Certificate;
}

/** TLS on P-256, and on brainpoolP256r1 if the server has a certificate on that curve. */
export interface PkiTls extends TlsMaterial {
  readonly brainpool?: TlsMaterial;
}

interface PkiParts {
  readonly trustedCis: readonly Certificate[];
  readonly identities: readonly SmdpIdentity[];
  readonly tls: PkiTls;
  readonly euiccs: readonly EuiccCredential[];
  readonly eums: readonly EumCredential[];
  readonly eumCertificates: readonly Certificate[];
  readonly revocations: Revocations;
  readonly operatorCas: readonly X509Certificate[];
  readonly issuers: readonly Credential[];
  readonly smds?: SmdsMaterial | undefined;
}

/** The certificates and keys of a server. */
export class Pki {
  /** The CIs under which the server accepts eUICCs. Several of these certificates may have the same key. */
  readonly trustedCis: readonly Certificate[];
  /** At least one, P-256 first. */
  readonly identities: readonly SmdpIdentity[];
  readonly tls: PkiTls;
  /** The virtual eUICC: one certificate per curve, P-256 first. A curve without the eUICC's private key is left out. */
  readonly euiccs: readonly EuiccCredential[];
  /** Manufacturers under trusted CIs with their private keys, P-256 first. New eUICCs can be issued under them. */
  readonly eums: readonly EumCredential[];
  /** All known EUM certificates under trusted CIs. A device may also present an EUM certificate that is not in this list. */
  readonly eumCertificates: readonly Certificate[];
  /** CAs that may issue operators' client certificates for ES2+. */
  readonly operatorCas: readonly X509Certificate[];
  /** The CIs with their private keys. */
  readonly issuers: readonly Credential[];
  /** Certificates and keys of the SM-DS. `undefined` if the server is not an SM-DS. */
  readonly smds: SmdsMaterial | undefined;
  readonly #revocations: Revocations;
  readonly #cache = new EumCache();

  constructor(parts: PkiParts) {
    const {
      trustedCis,
      identities,
      tls,
      euiccs,
      eums,
      eumCertificates,
      revocations,
      operatorCas,
      issuers,
      smds,
    } = parts;
    this.trustedCis = trustedCis;
    this.identities = identities;
    this.tls = tls;
    this.euiccs = euiccs;
    this.eums = eums;
    this.eumCertificates = eumCertificates;
    this.operatorCas = operatorCas;
    this.issuers = issuers;
    this.smds = smds;
    this.#revocations = revocations;
  }

  /** The CRLs of the trusted CIs, in DER. */
  get crls(): readonly Buffer[] {
    return this.#revocations.lists;
  }

  /** The virtual eUICC, with the first of its certificates. */
  get euicc(): EuiccCredential | undefined {
    return this.euiccs[0];
  }

  /**
   * Selects a CI and an identity for a device, from the two lists in its euiccInfo1 (SGP.22 5.6.1). The CI is the first CI of the signing
   * list that the server trusts. The identity is under a CI of the verification list, preferably under the selected CI.
   *
   * @returns `noSigningCi` if no CI matches (8.8.2/3.1), `noIdentity` if no identity matches (8.8.4/3.7)
   */
  identityFor(signingList: readonly Buffer[], verificationList: readonly Buffer[]): Selection | NoSelection {
    return selectIdentity(this.trustedCis, this.identities, signingList, verificationList);
  }

  /** The identity to use under a CI. If `oid` is given, only the SM-DP+ with this OID counts. */
  identityUnder(ciKeyId: Buffer, oid?: string): SmdpIdentity | undefined {
    return this.identities.find(
      (identity) => identity.ci.subjectKeyId!.equals(ciKeyId) && (oid === undefined || identity.oid === oid),
    );
  }

  /** Calls {@link verifyEuiccChain} with the trusted CIs, the CRLs and the cache of this PKI. @throws Refusal as described there */
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

  /** Calls {@link verifyServerChain} with the trusted CIs and the CRLs of this PKI. @throws CertificateError */
  verifyServer(chain: Pick<ServerChain, 'presented' | 'roles' | 'purpose' | 'now'>): Certificate {
    return verifyServerChain({
      ...chain,
      trustedCis: this.trustedCis,
      revocations: this.#revocations,
    });
  }
}
