import { complete, ensureCis } from './complete.js';
import { assemble, openCertificateIssuer, checkIsComplete, type LoadOptions } from './load.js';
import type { Material } from './material.js';
import { chooseTls } from './tls.js';
import type { Pki } from './pki.js';

/**
 * Creates the test PKI in a folder: CI, EUM, virtual eUICC, CERT.DPauth, CERT.DPpb and TLS on both curves, and an operator's client
 * certificate. Keys have mode 0600. Existing files stay, so the call can be repeated if the process was killed halfway.
 */
export async function createTestPki(folder: string, options: LoadOptions): Promise<void> {
  const issuer = await openCertificateIssuer(folder, options);
  await ensureCis(issuer);
  await complete(issuer);
  await chooseTls(issuer, 'P-256', options.address, undefined);
  await chooseTls(issuer, 'brainpoolP256r1', options.address, undefined);
}

/** Loads a PKI folder. If it has no certificate, creates a test PKI in it first. */
export async function ensurePki(folder: string, options: LoadOptions): Promise<Pki> {
  const issuer = await openCertificateIssuer(folder, options);
  if (isFresh(issuer.material)) await ensureCis(issuer);
  else await checkIsComplete(folder, issuer, options);
  return assemble(folder, issuer, options);
}

/**
 * Whether a test PKI may be created in the folder. False if the folder has a certificate. Also false if it has
 * unreadable certificates or keys, which may belong to another PKI.
 */
export const isFresh = ({ certificates, unusedFiles }: Material): boolean =>
  certificates.length === 0 && !unusedFiles.some(({ isLikelyCredential }) => isLikelyCredential);
