import type { KeyObject } from 'node:crypto';
import { Refusal } from '../wire/rsp/status-codes.js';
import { parseCertificate, type Certificate } from './certificate.js';
import * as chain from './chain.js';
import { CertificateError } from './errors.js';
import type { EumCache } from './eum-cache.js';
import type { Curve } from './oids.js';
import type { Revocations } from './revocations.js';

export interface EuiccChain {
  /** The eUICC certificate in DER. */
  readonly euiccCertificate: Buffer;
  /** The EUM certificate in DER. */
  readonly eumCertificate: Buffer;
  /** Key identifier of the session's CI. */
  readonly sessionCiKeyId: Buffer;
  readonly trustedCis: readonly Certificate[];
  readonly now: Date;
  readonly cache?: EumCache;
  readonly revocations?: Revocations;
}

export interface VerifiedEuicc {
  /** 32 digits. */
  readonly eid: string;
  readonly publicKey: KeyObject;
  /** 65 octets. */
  readonly publicPoint: Buffer;
  readonly curve: Curve;
  readonly eum: Certificate;
  readonly euicc: Certificate;
}

/**
 * Verifies an eUICC certificate and its EUM certificate up to the CI of the session (SGP.22 5.6.3, 4.5.2.2).
 *
 * @throws Refusal 8.11.1/3.9 if the EUM is under another CI; 8.1.2/6.1 and 8.1.3/6.1 if the EUM or the eUICC certificate is invalid;
 * 8.1.2/6.3 and 8.1.3/6.3 if that certificate is correctly signed but not valid now
 */
export function verifyEuiccChain(input: EuiccChain): VerifiedEuicc {
  const eum = refusing('8.1.2', () => verifyEum(input));
  return refusing('8.1.3', () => {
    const euicc = parseCertificate(input.euiccCertificate);
    chain.requireIssuedBy(euicc, eum);
    chain.requireValidAt(euicc, input.now);
    chain.requireCurve(euicc, eum.curve);
    chain.requireRole(euicc, 'euicc');
    chain.requireKeyUsage(euicc, 'digitalSignature');
    chain.requireEndEntity(euicc);
    chain.requireKnownExtensions(euicc);
    const eid = chain.requirePermittedEid(euicc, eum);
    const { publicKey, publicPoint } = euicc;
    return { eid, publicKey, publicPoint, curve: euicc.curve as Curve, eum, euicc };
  });
}

function verifyEum({
  eumCertificate,
  sessionCiKeyId,
  trustedCis,
  now,
  cache,
  revocations,
}: EuiccChain): Certificate {
  const known = cache?.get(eumCertificate, sessionCiKeyId);
  if (known) {
    chain.requireValidAt(known, now);
    return known;
  }
  const eum = parseCertificate(eumCertificate);
  if (!eum.authorityKeyId) throw new CertificateError('issuer', 'No authority key identifier');
  const ci = trustedCis.find(({ subjectKeyId }) => subjectKeyId?.equals(sessionCiKeyId));
  if (!ci || !eum.authorityKeyId.equals(sessionCiKeyId))
    throw new Refusal('8.11.1/3.9', 'EUM certificate was not issued by the CI of this session');

  // Check the validity period before the extensions, so that an expired certificate is always reported as expired.
  chain.requireIssuedBy(eum, ci);
  chain.requireValidAt(eum, now);
  chain.requireCurve(eum, ci.curve);
  chain.requireRole(eum, 'eum');
  chain.requireKeyUsage(eum, 'keyCertSign');
  chain.requireCa(eum, 0);
  chain.requireKnownExtensions(eum);
  chain.requireEidRange(eum);
  if (revocations?.has(eum)) throw new CertificateError('revoked', 'Revoked by its CI');
  cache?.add(eum, sessionCiKeyId);
  return eum;
}

/** Converts a CertificateError to the status code of SGP.22 5.6.3. */
function refusing<T>(subject: '8.1.2' | '8.1.3', body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    const outOfDate = error.problem === 'expired' || error.problem === 'notYetValid';
    const whose = subject === '8.1.2' ? 'EUM' : 'eUICC';
    throw new Refusal(`${subject}/${outOfDate ? '6.3' : '6.1'}`, `${whose} certificate: ${error.message}`);
  }
}
