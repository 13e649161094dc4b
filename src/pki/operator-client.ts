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
  /** Whether the CA was created for this certificate. A server that is already running does not know the new CA. */
  readonly isNewCa: boolean;
  /** The root that the client must trust for TLS, in PEM. `undefined` if the server chooses the root only when it starts. */
  readonly serverCa: string | undefined;
}

/**
 * Issues a client certificate with a new key for an operator, under the operator CA of a PKI folder. If the CA is missing, creates it
 * and stores it in the folder. Does not store the client certificate. Does not change the certificates for devices.
 *
 * @param name the operator's functionRequesterIdentifier, which becomes the common name of the certificate
 * @param options `address`: the SM-DP+ address, if known
 * @throws PkiError if the folder cannot be read
 */
export async function issueOperatorClient(
  folder: string,
  name: string,
  options: Omit<LoadOptions, 'address' | 'smdsAddress'> & { readonly address: string | undefined },
): Promise<OperatorClient> {
  const issuer = await openCertificateIssuer(folder, options);
  if (isFresh(issuer.material)) await ensureCis(issuer);
  const isNewCa = operatorCasOf(issuer.material).length === 0;
  const ca = await ensureOperatorCa(issuer);
  const client = issueOperator(ca, name, { now: options.now });
  return { client, ca, isNewCa, serverCa: tlsRoot(issuer, options.address) };
}
