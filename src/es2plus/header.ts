import type { Exchange } from '../exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import type { Call } from '../orders/index.js';
import { Refusal } from '../rsp/index.js';

/** Longer identifiers than anybody uses; both are kept with the history. */
const longestIdentifier = 1024;

/**
 * The header of a request (SGP.22 6.5.1.3): who calls, and which call it is.
 *
 * @param identifiers those of the operators that the client certificate is for; absent: the caller is believed
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 malformed, 1.1/1.2 the identifier is not that of the client certificate
 */
export function callOf(
  body: RequestBody,
  exchange: Exchange,
  identifiers: ReadonlySet<string> | undefined,
): Call {
  const header = headerOf(body);
  const requester = identifier(header, 'functionRequesterIdentifier');
  const functionCallIdentifier = identifier(header, 'functionCallIdentifier');
  if (identifiers && !identifiers.has(requester))
    throw new Refusal('1.1/1.2', 'functionRequesterIdentifier is not that of the client certificate');
  return { requester, functionCallIdentifier, passed: (clause, what) => exchange.passed(clause, what) };
}

function headerOf(body: RequestBody): RequestBody {
  const header = Object.hasOwn(body, 'header') ? body['header'] : undefined;
  if (header === undefined || header === null) throw new Refusal('1.3.1/2.2', 'header is missing');
  if (typeof header !== 'object' || Array.isArray(header))
    throw new Refusal('1.3.1/2.1', 'header is not a JSON object');
  return header as RequestBody;
}

function identifier(header: RequestBody, member: string): string {
  const value = text(header, member);
  if (value === '') throw new Refusal('1.3.1/2.2', `${member} is empty`);
  if (value.length > longestIdentifier)
    throw new Refusal('1.3.1/2.1', `${member} has more than ${longestIdentifier} characters`);
  return value;
}
