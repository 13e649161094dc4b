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
  /** Whether the CA was created for it. A running server does not know a new CA yet. */
  readonly isNewCa: boolean;
  /** The root that the client must trust for TLS, in PEM. `undefined` if it is only known after the server starts. */
  readonly serverCa: string | undefined;
}

/**
 * Issues a client certificate with a new key for an operator, under the operator CA of a PKI folder. The CA is created if it is missing,
 * and stored in the folder. The client certificate is not stored. The certificates for devices do not change.
 *
 * @param name common name of the certificate: the functionRequesterIdentifier that it is for
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
