import { X509Certificate } from 'node:crypto';
import { pemBlocks } from '../../pki/index.js';
import { fieldProblem } from './problem.js';

/** @throws Problem 400 if the text does not consist of certificates in PEM */
export function requireCertificates(field: string, text: string): void {
  const blocks = pemBlocks(text);
  if (blocks.length > 0 && blocks.every(isCertificate)) return;
  throw fieldProblem(
    field,
    blocks.length === 0 ? 'has no certificate in PEM' : 'has a PEM block that is not a certificate',
    'give certificates with their BEGIN CERTIFICATE and END CERTIFICATE lines',
  );
}

function isCertificate({ text }: { readonly text: string }): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}

/**
 * Reads the URL of an endpoint that the server calls.
 *
 * @param example shown to the caller
 * @throws Problem 400 if the scheme is not http or https, or if the URL has a user name, a password or a fragment. The problem does
 * not repeat the URL, which may hold a password.
 */
export function requireUrl(field: string, text: string, example: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = problemOf(url);
  if (url && problem === undefined) return url;
  throw fieldProblem(field, problem ?? 'is not a URL', `write it like ${example}`);
}

/** Reads a URL to which the server appends paths. @throws Problem 400 as `requireUrl` does, and if the URL has a query */
export function requireBaseUrl(field: string, text: string, example: string): URL {
  const url = requireUrl(field, text, example);
  if (url.search === '') return url;
  throw fieldProblem(
    field,
    'has a query, but the server appends paths to this URL',
    `write it like ${example}`,
  );
}

function problemOf(url: URL | undefined): string | undefined {
  if (!url) return 'is not a URL';
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `has the scheme ${url.protocol.slice(0, -1)}, not http or https`;
  if (url.username !== '' || url.password !== '') return 'has a user name or a password';
  if (url.port === '0') return 'has the port 0, on which no server can listen';
  return url.hash === '' ? undefined : 'has a fragment, which is never sent';
}
