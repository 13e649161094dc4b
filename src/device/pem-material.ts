import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { pemBlocks } from '../pki/pem.js';
import { readCertificate, type CardCertificate, type EuiccMaterial } from './euicc/index.js';
import { MaterialError } from './material.js';

/** An eUICC as the control API makes it: `POST /api/v1/pki/euicc`. All but the EID in PEM. */
export interface EuiccInPem {
  /** 32 digits. */
  readonly eid: string;
  /** CERT.EUICC.ECDSA. */
  readonly euiccCertificate: string;
  /** SK.EUICC.ECDSA. */
  readonly euiccKey: string;
  /** CERT.EUM.ECDSA. */
  readonly eumCertificate: string;
  /** The CIs that it trusts, one after the other. */
  readonly ciCertificates: string;
}

/**
 * What `createVirtualDevice` takes as `material`, from an answer of the control API instead of a PKI folder.
 *
 * @throws MaterialError saying which member is not what it should be
 */
export function euiccFromPem(euicc: EuiccInPem): EuiccMaterial {
  const certificate = oneCertificate(euicc, 'euiccCertificate');
  const eum = oneCertificate(euicc, 'eumCertificate');
  const privateKey = read('euiccKey', () => createPrivateKey(euicc.euiccKey));
  if (!createPublicKey(privateKey).equals(certificate.publicKey))
    throw new MaterialError('euiccKey is not the private key of euiccCertificate');
  const ciKeyId = eum.authorityKeyIdentifier;
  if (!ciKeyId) throw new MaterialError('eumCertificate does not say under which CI it is');
  const trustedCis = certificates(euicc, 'ciCertificates').map(({ subjectKeyIdentifier, ...ci }) => {
    if (!subjectKeyIdentifier) throw new MaterialError('ciCertificates has one without a key identifier');
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
    if (found.length === 0) throw new Error('there is no PEM block in it');
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
