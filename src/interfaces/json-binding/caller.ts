import { Refusal } from '../../wire/rsp/index.js';
import { text, type RequestBody } from './body.js';

/** The longest accepted identifier, in characters. There is a limit because the server stores some identifiers. */
const longestIdentifier = 1024;

/** The header of a request between servers: who calls the function, and which call this is. */
export interface Caller {
  readonly functionRequesterIdentifier: string;
  readonly functionCallIdentifier: string;
}

/**
 * Reads the header of a request between servers (SGP.22 6.5.1.3).
 *
 * @throws Refusal 1.3.1/2.2 if a member is missing or empty; 1.3.1/2.1 if it is malformed
 */
export function callerOf(body: RequestBody): Caller {
  const header = headerOf(body);
  return {
    functionRequesterIdentifier: identifier(header, 'functionRequesterIdentifier'),
    functionCallIdentifier: identifier(header, 'functionCallIdentifier'),
  };
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
