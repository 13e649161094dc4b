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
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, decodedMember(name, value)]))
  );
};

function decodedMember(name: string, value: unknown): unknown {
  const type = Object.hasOwn(binaryMembers, name) ? binaryMembers[name] : undefined;
  if (type === undefined || typeof value !== 'string') return value;
  const octets = Buffer.from(value, 'base64');
  if (type === plainOctets) return textForm(octets);
  try {
    return textForm(decode(type, octets, { lengths: 'definite' }), name);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return { undecodable: `${error.message} (octet ${error.offset})` };
  }
}
