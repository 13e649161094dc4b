import { decode, received, Asn1Error } from '../wire/asn1/index.js';
import { verify } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { CertificateError } from './errors.js';
import { readExtensions } from './extensions.js';
import { algorithms } from './oids.js';
import { dateFromTime } from './time.js';
import { CertificateList } from './x509.js';

/** The serial numbers that trusted CIs have revoked, from any number of CRLs (SGP.22 4.5.2.2). A CI may split its CRL into parts. */
export class Revocations {
  readonly #revoked = new Set<string>();
  readonly #lists: Buffer[] = [];

  /** The added CRLs, in DER. */
  get lists(): readonly Buffer[] {
    return this.#lists;
  }

  /**
   * Adds a CRL in DER that one of `issuers` signed.
   *
   * @returns the time at which the next CRL is due
   * @throws CertificateError (malformed) if the CRL cannot be decoded, (issuer) if its issuer is unknown, (signature) if its signature is
   * wrong
   */
  add(der: Buffer, issuers: readonly Certificate[]): Date | undefined {
    try {
      return this.#add(der, issuers);
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error;
      throw new CertificateError('malformed', `CRL cannot be decoded: ${error.message}`, { cause: error });
    }
  }

  #add(der: Buffer, issuers: readonly Certificate[]): Date | undefined {
    const { tbsCertList, signatureAlgorithm, signatureValue } = decode(CertificateList, der);
    const { authorityKeyId } = readExtensions(tbsCertList.crlExtensions ?? []);
    const issuer = issuers.find(({ subjectKeyId }) => authorityKeyId && subjectKeyId?.equals(authorityKeyId));
    if (!issuer) throw new CertificateError('issuer', 'The CI of the CRL is not in the folder');
    const { octets } = signatureValue;
    const isSigned =
      signatureAlgorithm.algorithm === algorithms.ecdsaWithSha256 &&
      verify('sha256', received(tbsCertList), issuer.publicKey, octets);
    if (!isSigned)
      throw new CertificateError(
        'signature',
        'The signature of the CRL does not verify with the key of its CI',
      );
    for (const { userCertificate } of tbsCertList.revokedCertificates ?? [])
      this.#revoked.add(keyOf(authorityKeyId!, userCertificate.toString('hex')));
    this.#lists.push(der);
    return tbsCertList.nextUpdate && dateFromTime(tbsCertList.nextUpdate);
  }

  has({ authorityKeyId, serialNumber }: Certificate): boolean {
    return authorityKeyId !== undefined && this.#revoked.has(keyOf(authorityKeyId, serialNumber));
  }
}

const keyOf = (issuerKeyId: Buffer, serialNumber: string): string =>
  `${issuerKeyId.toString('hex')} ${serialNumber.toLowerCase()}`;
