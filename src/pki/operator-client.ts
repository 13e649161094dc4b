import { ensureCis } from './complete.js';
import type { Issued } from './issue-certificate.js';
import { issueOperator } from './issue.js';
import { openCertificateIssuer, type LoadOptions } from './load.js';
import type { FoundCredential } from './material.js';
import { ensureOperatorCa, operatorCasOf } from './operators.js';
import { isFresh } from './test-pki.js';
import { tlsRoot } from './tls.js';

interface OperatorClient {
  readonly client: Issued;
  readonly ca: FoundCredential;
  /** Whether the CA was made for it: a server that runs on the folder does not know it yet. */
  readonly isNewCa: boolean;
  /** The root that the client has to trust in TLS, in PEM; `undefined` where only a start of the server will tell. */
  readonly serverCa: string | undefined;
}

/**
 * Issues an operator's client certificate with a new key, under the CA for operators of a PKI folder. The folder keeps the CA,
 * which is made where there is none, but not the client. What the server shows to devices stays as it is.
 *
 * @param name becomes the common name, which is the functionRequesterIdentifier that the certificate is good for
 * @param options `address`, the SM-DP+ address, where it is known
 * @throws PkiError when the folder cannot be read
 */
export async function issueOperatorClient(
  folder: string,
  name: string,
  options: Omit<LoadOptions, 'address' | 'smdsAddress'> & { readonly address: string | undefined },
): Promise<OperatorClient> {
  const workshop = await openCertificateIssuer(folder, options);
  if (isFresh(workshop.material)) await ensureCis(workshop);
  const isNewCa = operatorCasOf(workshop.material).length === 0;
  const ca = await ensureOperatorCa(workshop);
  const client = issueOperator(ca, name, { now: options.now });
  return { client, ca, isNewCa, serverCa: tlsRoot(workshop, options.address) };
}
