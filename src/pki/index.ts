/** Decodes, verifies, issues and loads the certificates of SGP.22. The device imports only `public.ts`. */
export * from './public.js';
export { covers } from './covers.js';
export { eidRangesOf } from './chain.js';
export { eumFor, mayIssue, newEid } from './eum-for-eid.js';
export { EumCache } from './eum-cache.js';
export type { ServerIdentity, SmdpIdentity } from './identities.js';
export {
  issueCertificate,
  keyIdentifier,
  type CertificateRequest,
  type Credential,
  type Issued,
} from './issue-certificate.js';
export * from './issue.js';
export { issueCrl } from './issue-crl.js';
export { loadPki, tlsHostIn, type LoadOptions } from './load.js';
export { issueOperatorClient } from './operator-client.js';
export { commonNameOf, fingerprintOf, requireClientOf, requireValidNow } from './operators.js';
export { contentsOf } from './contents.js';
export { certificateToPem, isPrivateKey, pemBlocks, privateKeyFromPem, privateKeyToPem } from './pem.js';
export { toPkcs12, type Pkcs12Content } from './pkcs12.js';
export { Pki, type EuiccCredential, type EumCredential, type PkiTls } from './pki.js';
export { Revocations } from './revocations.js';
export { selectIdentity, type NoSelection, type Selection } from './selection.js';
export type { ServerPki } from './server-pki.js';
export type { SmdsMaterial } from './smds.js';
export type { PkiWriter } from './folder-writer.js';
export { TemporaryFolder } from './temporary-folder.js';
export { createTestPki, ensurePki } from './test-pki.js';
export type { TlsMaterial } from './tls.js';
export { verifyEuiccChain, type EuiccChain, type VerifiedEuicc } from './verify-euicc-chain.js';
export { presentedChain, verifyServerChain, type ServerChain } from './verify-server-chain.js';
export { write } from './write-extensions.js';
