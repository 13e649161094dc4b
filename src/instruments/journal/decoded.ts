import { Asn1Error, decode } from '../../wire/asn1/index.js';
import { binaryMembers, plainOctets } from './messages.js';
import { textForm } from './text-form.js';

/** Deepest nesting of lists and objects to decode. SGP.22 messages are nested far less deeply. */
const deepest = 32;

/**
 * The members of a JSON body. `undefined` if the body is not a JSON object, or if it is nested too deeply to display. The journal then
 * shows the body as plain text.
 */
export function membersOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (depthOf(body) > deepest) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const [quote, backslash] = [0x22, 0x5c];

/**
 * The nesting depth of a JSON text. Reads octets instead of characters, because in UTF-8 the octet of a quote or bracket is never
 * part of another character.
 */
function depthOf(body: Buffer): number {
  let [depth, most, isText] = [0, 0, false];
  for (let at = 0; at < body.length; at++) {
    const octet = body[at]!;
    if (isText && octet === backslash) at++;
    else if (octet === quote) isText = !isText;
    else if (isText) continue;
    else if (octet === 0x5b || octet === 0x7b) most = Math.max(most, ++depth);
    else if (octet === 0x5d || octet === 0x7d) depth--;
  }
  return most;
}

/** The members of a request or answer. Binary members are decoded into their SGP.22 fields. */
export const decodedBody = (body: Buffer): Readonly<Record<string, unknown>> | undefined => {
  const members = membersOf(body);
  return (
    members &&
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => {
        const octets = binaryMember(name, value);
        return [name, octets ? textForm(decodedMember(name, octets), name) : value];
      }),
    )
  );
};

/** The octets of a binary member. `undefined` for all other members. */
export const binaryMember = (name: string, value: unknown): Buffer | undefined =>
  Object.hasOwn(binaryMembers, name) && typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;

/** The decoded value of a member, or an object with `undecodable` if decoding fails. */
export function decodedMember(name: string, octets: Buffer): unknown {
  const type = binaryMembers[name]!;
  if (type === plainOctets) return octets;
  try {
    return decode(type, octets, { lengths: 'definite' });
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return { undecodable: `${error.message} (octet ${error.offset})` };
  }
}
