import { Asn1Error, decode } from '../../wire/asn1/index.js';
import { binaryMembers, plainOctets } from './messages.js';
import { textForm } from './text-form.js';

/** Lists and objects within each other that are decoded: no message of SGP.22 has as many. */
const deepest = 32;

/**
 * The members of a JSON body; `undefined` where it is none, and where its values are nested so deep that nothing could show
 * them: such a body is kept as the text that it is.
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

/** How deep the lists and objects of a JSON text are nested. In UTF-8, no other character contains one of these octets. */
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

/** The members of a request or answer, the binary ones decoded into the fields of the specification. */
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

/** The octets of a member that holds binary data; `undefined` for all others. */
export const binaryMember = (name: string, value: unknown): Buffer | undefined =>
  Object.hasOwn(binaryMembers, name) && typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;

/** What the octets of a member mean; an object with `undecodable` where they are not what they should be. */
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
