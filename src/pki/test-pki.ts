import { complete, ensureCis } from './complete.js';
import { assemble, openCertificateIssuer, checkIsComplete, type LoadOptions } from './load.js';
import type { Material } from './material.js';
import { chooseTls } from './tls.js';
import type { Pki } from './pki.js';

/**
 * Makes the test PKI in a folder: CI, EUM, virtual eUICC, CERT.DPauth, CERT.DPpb and TLS on both curves, and an operator's
 * client certificate; keys with mode 0600. What is there already is kept: a process that was killed half-way is
 * continued, not started over.
 */
export async function createTestPki(folder: string, options: LoadOptions): Promise<void> {
  const workshop = await openCertificateIssuer(folder, options);
  await ensureCis(workshop);
  await complete(workshop);
  await chooseTls(workshop, 'P-256', options.address, undefined);
  await chooseTls(workshop, 'brainpoolP256r1', options.address, undefined);
}

/** Loads a PKI folder; makes a test PKI in it first where it has no certificate. */
export async function ensurePki(folder: string, options: LoadOptions): Promise<Pki> {
  const workshop = await openCertificateIssuer(folder, options);
  if (isFresh(workshop.material)) await ensureCis(workshop);
  else await checkIsComplete(folder, workshop, options);
  return assemble(folder, workshop, options);
}

/** Whether a test PKI may be made. A folder whose only certificates or keys cannot be read was meant to be something else. */
export const isFresh = ({ certificates, strays }: Material): boolean =>
  certificates.length === 0 && !strays.some(({ isMeant }) => isMeant);
