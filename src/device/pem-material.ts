import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { pemBlocks } from '../pki/pem.js';
import { readCertificate, type CardCertificate, type EuiccMaterial } from './euicc/index.js';
import { MaterialError } from './material.js';

/** An eUICC from `POST /api/v1/pki/euicc` of the control API. All members except `eid` are PEM. */
export interface EuiccInPem {
  /** 32 digits. */
  readonly eid: string;
  /** CERT.EUICC.ECDSA. */
  readonly euiccCertificate: string;
  /** SK.EUICC.ECDSA. */
  readonly euiccKey: string;
  /** CERT.EUM.ECDSA. */
  readonly eumCertificate: string;
  /** The CI certificates that the eUICC trusts, concatenated. */
  readonly ciCertificates: string;
}

/**
 * Converts an eUICC from the control API to the `material` of `createVirtualDevice`. No PKI folder is needed.
 *
 * @throws MaterialError naming the member that cannot be used, and why
 * @example
 *     const answer = await fetch(`${api}/api/v1/pki/euicc`, { method: 'POST' });
 *     const device = createVirtualDevice({ material: euiccFromPem(await answer.json()) });
 */
export function euiccFromPem(euicc: EuiccInPem): EuiccMaterial {
  const certificate = oneCertificate(euicc, 'euiccCertificate');
  const eum = oneCertificate(euicc, 'eumCertificate');
  const privateKey = read('euiccKey', () => createPrivateKey(euicc.euiccKey));
  if (!createPublicKey(privateKey).equals(certificate.publicKey))
    throw new MaterialError('euiccKey is not the private key of euiccCertificate');
  const ciKeyId = eum.authorityKeyIdentifier;
  if (!ciKeyId)
    throw new MaterialError('eumCertificate does not name its CI: it has no authorityKeyIdentifier');
  const trustedCis = certificates(euicc, 'ciCertificates').map(({ subjectKeyIdentifier, ...ci }) => {
    if (!subjectKeyIdentifier)
      throw new MaterialError('ciCertificates has a certificate without subjectKeyIdentifier');
    return { ...ci, subjectKeyIdentifier };
  });
  const credential = {
    ...{ ciKeyId, privateKey },
    euiccCertificate: certificate.x509.raw,
    eumCertificate: eum.x509.raw,
  };
  return { eid: euicc.eid, credentials: [credential], trustedCis };
}

type CertificateMember = 'euiccCertificate' | 'eumCertificate' | 'ciCertificates';

const certificates = (euicc: EuiccInPem, member: CertificateMember): CardCertificate[] =>
  read(member, () => {
    const found = pemBlocks(euicc[member]);
    if (found.length === 0) throw new Error('it has no PEM block');
    return found.map(({ text }) => readCertificate(new X509Certificate(text).raw));
  });

const oneCertificate = (euicc: EuiccInPem, member: CertificateMember): CardCertificate =>
  certificates(euicc, member)[0]!;

function read<T>(member: keyof EuiccInPem, reader: () => T): T {
  try {
    return reader();
  } catch (error) {
    throw new MaterialError(`${member} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
