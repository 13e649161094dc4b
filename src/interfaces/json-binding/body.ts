import { isUtf8 } from 'node:buffer';
import { Asn1Error, decode, type Type } from '../../wire/asn1/index.js';
import { Refusal } from '../../wire/rsp/index.js';

/** Members of a request body, not checked yet. */
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
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not a string
 */
export function text(body: RequestBody, member: string): string {
  const value = Object.hasOwn(body, member) ? body[member] : undefined;
  if (value === undefined || value === null) throw new Refusal('1.3.1/2.2', `${member} is missing`);
  if (typeof value !== 'string') throw malformed(`${member} is not a string`);
  return value;
}

/**
 * Reads a member that must be true or false, not a string.
 *
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not a boolean
 */
export function flag(body: RequestBody, member: string): boolean {
  const value = Object.hasOwn(body, member) ? body[member] : undefined;
  if (value === undefined || value === null) throw new Refusal('1.3.1/2.2', `${member} is missing`);
  if (typeof value !== 'boolean') throw malformed(`${member} is not a boolean`);
  return value;
}

/**
 * Reads a member that must be base64 with padding (RFC 4648 section 4). White space is ignored, as some LPAs wrap lines.
 *
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not base64
 */
export function binary(body: RequestBody, member: string): Buffer {
  const encoded = text(body, member).replace(/[ \t\r\n]+/g, '');
  const octets = Buffer.from(encoded, 'base64');
  if (octets.toString('base64') !== encoded) throw malformed(`${member} is not base64`);
  return octets;
}

/**
 * Reads a member that must be the base64 of one DER value of `type`. Lengths need not be minimal: signatures are verified over
 * the received octets.
 *
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not base64 or not of the type
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

/** Octets as an answer has them. */
export const base64 = (octets: Buffer): string => octets.toString('base64');
