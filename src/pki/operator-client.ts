import type { Issued } from './issue-certificate.js';
import { issueOperator } from './issue.js';
import { openWorkshop, type LoadOptions } from './load.js';
import type { FoundCredential } from './material.js';
import { ensureOperatorCa } from './operators.js';

/**
 * Issues an operator's client certificate with a new key, under the CA for operators of a PKI folder. The folder keeps the CA,
 * which is made where there is none, but not the client.
 *
 * @param name becomes the common name, which is the functionRequesterIdentifier that the certificate is good for
 * @throws PkiError when the folder cannot be read
 */
export async function issueOperatorClient(
  folder: string,
  name: string,
  options: LoadOptions,
): Promise<{ client: Issued; ca: FoundCredential }> {
  const workshop = await openWorkshop(folder, options);
  const ca = await ensureOperatorCa(workshop);
  return { ca, client: issueOperator(ca, name, { now: options.now }) };
}
