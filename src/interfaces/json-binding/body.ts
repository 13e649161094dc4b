import { isUtf8 } from 'node:buffer';
import { Asn1Error, decode, type Type } from '../../wire/asn1/index.js';
import { Refusal } from '../../wire/rsp/index.js';

/** The members of a request body, before any check. */
export type RequestBody = Readonly<Record<string, unknown>>;

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);

/**
 * Reads a request body. Unknown members are ignored (SGP.22 6.5.1).
 *
 * @param octets absent if the request has neither a body nor a Content-Type
 * @throws Refusal 1.3.1/2.1
 */
export function parseBody(octets: Buffer | undefined): RequestBody {
  if (!octets) throw malformed('body is missing');
  if (!isUtf8(octets)) throw malformed('body is not UTF-8');
  let body: unknown;
  try {
    body = JSON.parse(octets.toString('utf8'));
  } catch {
    throw malformed('body is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw malformed('body is not a JSON object');
  return body as RequestBody;
}

/**
 * Reads a member that must be a string.
 *
 * @throws Refusal 1.3.1/2.2 if it is missing; 1.3.1/2.1 if it is not a string
 */
export function text(body: RequestBody, member: string): string {
  const value = Object.hasOwn(body, member) ? body[member] : undefined;
  if (value === undefined || value === null) throw new Refusal('1.3.1/2.2', `${member} is missing`);
  if (typeof value !== 'string') throw malformed(`${member} is not a string`);
  return value;
}

/**
 * Reads a member that must be a JSON boolean; the string "true" is refused.
 *
 * @throws Refusal 1.3.1/2.2 if it is missing; 1.3.1/2.1 if it is not a boolean
 */
export function flag(body: RequestBody, member: string): boolean {
  const value = Object.hasOwn(body, member) ? body[member] : undefined;
  if (value === undefined || value === null) throw new Refusal('1.3.1/2.2', `${member} is missing`);
  if (typeof value !== 'boolean') throw malformed(`${member} is not a boolean`);
  return value;
}

/**
 * Reads a member that must be base64 with padding (RFC 4648 section 4). Ignores white space, because some LPAs wrap lines.
 *
 * @throws Refusal 1.3.1/2.2 if it is missing; 1.3.1/2.1 if it is not base64
 */
export function binary(body: RequestBody, member: string): Buffer {
  const encoded = text(body, member).replace(/[ \t\r\n]+/g, '');
  const octets = Buffer.from(encoded, 'base64');
  if (octets.toString('base64') !== encoded) throw malformed(`${member} is not base64`);
  return octets;
}

/**
 * Reads a member that must be the base64 of one DER value of `type`. Accepts lengths that DER would encode in fewer octets. This is
 * safe, because signatures are verified over the received octets.
 *
 * @throws Refusal 1.3.1/2.2 if it is missing; 1.3.1/2.1 if it is not base64, or not a value of the type
 */
export function structure<T>(body: RequestBody, member: string, type: Type<T>): T {
  const octets = binary(body, member);
  try {
    return decode(type, octets, { lengths: 'definite' });
  } catch (error) {
    if (error instanceof Asn1Error) throw malformed(error.within(member).message);
    throw error;
  }
}

/** Encodes octets for an answer. */
export const base64 = (octets: Buffer): string => octets.toString('base64');
