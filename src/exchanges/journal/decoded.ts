import { Asn1Error, decode } from '../../asn1/index.js';
import { binaryMembers, plainOctets } from './messages.js';
import { textForm } from './text-form.js';

/** The members of a JSON body; `undefined` where it is none. */
export function membersOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
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
