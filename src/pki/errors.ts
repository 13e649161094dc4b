/** Why a certificate is not accepted. */
export type CertificateProblem =
  | 'malformed'
  | 'curve'
  | 'issuer'
  | 'signature'
  | 'notYetValid'
  | 'expired'
  | 'role'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'basicConstraints'
  | 'nameConstraints'
  | 'unknownExtension'
  | 'eid'
  | 'revoked';

/** A certificate that cannot be decoded, or that fails one check; `problem` says which. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';

  constructor(
    readonly problem: CertificateProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A PKI folder that a server cannot work with; the message names the file and what to do about it. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
}
