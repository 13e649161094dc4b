/** Why a certificate is rejected. */
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

/** Raised for a certificate that cannot be decoded or fails a check. `problem` names the check. */
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

/** Raised for a PKI folder that a server cannot use. The message names the file and a remedy. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
}
