import Type, { type TSchema } from 'typebox';

/** The text that replaces each secret in an export without secrets=true. */
export const withheld = '***';

/** Schema of octets in hex. @param octets number of octets; absent: any number */
export const hex = (description: string, octets?: number) =>
  Type.String({
    pattern: `^([0-9A-Fa-f]{2})${octets === undefined ? '*' : `{${octets}}`}$`,
    description: `${description}, ${octets === undefined ? '' : `${octets} octets in `}hex`,
  });

export const base64 = (description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', description: `${description}, base64` });

/** Latest time that a Date can hold, in milliseconds since 1970. */
const farthest = 8_640_000_000_000_000;

export const time = (description: string) =>
  Type.Integer({
    minimum: -farthest,
    maximum: farthest,
    description: `${description}, milliseconds since 1970`,
  });

export const count = (description: string, minimum = 0) =>
  Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER, description });

export const eid = Type.String({ pattern: '^[0-9]{32}$', description: 'an EID: 32 digits' });

/** Schema of a secret, which also allows `***`. */
export const secret = <S extends TSchema & { readonly description?: string }>(schema: S) =>
  Type.Union([schema, Type.Literal(withheld)], {
    description: `${schema.description ?? 'a value'}; ${withheld} without secrets=true`,
  });

/** Options of an object without additional members. */
export const closed = (description?: string) => ({
  additionalProperties: false,
  ...(description !== undefined && { description }),
});

/** Schema of an object without additional members. */
export const exactly = <P extends Record<string, TSchema>>(properties: P, description?: string) =>
  Type.Object(properties, closed(description));

/** Octets as upper-case hex. */
export const toHex = (octets: Buffer): string => octets.toString('hex').toUpperCase();
export const toHexOrNull = (octets: Buffer | null): string | null => octets && toHex(octets);
export const fromHex = (text: string): Buffer => Buffer.from(text, 'hex');
export const fromHexOrNull = (text: string | null): Buffer | null => (text === null ? null : fromHex(text));
