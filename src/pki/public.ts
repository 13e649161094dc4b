/** The part of `pki/` that server and device share. The private keys of a server are in the other part. */
export { parseCertificate, type Certificate } from './certificate.js';
export * from './chain.js';
export { valuesOf, type DistinguishedName, type NameAttribute } from './distinguished-name.js';
export { CertificateError, PkiError, type CertificateProblem } from './errors.js';
export {
  keyUsages,
  type CertificateExtensions,
  type KeyUsage,
  type NameConstraints,
  type PermittedSubtree,
  type SubjectAltName,
} from './extensions.js';
export { attributeOids, curveOids, keyPurposes, roles, type Curve, type Role } from './oids.js';
export {
  signPlain,
  verifyCertificateSignature,
  verifyPlain,
  whyUnverified,
  type Signer,
  type SigningKey,
} from './signature.js';
export { importPoint } from './public-key.js';
