import Type, { type Static } from 'typebox';
import { certificateDefects } from './defects.js';
import { ChangeError } from './error.js';
import { askForMemory } from './memory.js';

const position = (what: string) => Type.Optional(Type.Integer({ description: `a number: ${what}` }));
const hex = (what: string) =>
  Type.Optional(Type.String({ pattern: '^([0-9A-Fa-f]{2})*$', description: `hex: ${what}` }));

/** Named changes to a value. They are applied in this order. */
const Operations = Type.Object(
  {
    set: Type.Optional(Type.Unknown({ description: 'a new value' })),
    hex: hex('octets that replace the value'),
    certificate: Type.Optional(
      Type.Enum(Object.keys(certificateDefects), {
        description: `a certificate that replaces the value: ${Object.keys(certificateDefects).join(', ')}`,
      }),
    ),
    flip: position(
      'inverts the last bit of the octet at this index, from 0; a negative index counts from the end',
    ),
    truncate: position('keeps this many octets; -5 removes the last 5 octets'),
    pad: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 4_194_304,
        description: 'a number: pads the value to this many octets',
      }),
    ),
    append: hex('octets to add at the end'),
    memory: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 16_777_216,
        description: 'a number: the package makes the eUICC create files of this many additional octets',
      }),
    ),
    lowerCase: Type.Optional(Type.Boolean({ description: 'true: converts to lower case' })),
    wrap: Type.Optional(
      Type.Integer({ minimum: 1, description: 'a number: inserts a line break after this many characters' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, description: 'changes to a value' },
);
export type Operations = Static<typeof Operations>;

const valueChange =
  'a new value, null to leave the value out, or an object with one of set, hex, certificate, flip, truncate, pad, append, memory, lowerCase, wrap';

/** A change to a value: a new value, null to remove it, or operations on it. */
export const ValueChange = Type.Union(
  [Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Operations],
  { description: valueChange },
);
export type ValueChange = Static<typeof ValueChange>;

/** A change to the octets of a body. */
export const BodyChange = Type.Union(ValueChange.anyOf, {
  description: `changes the octets of the body: ${valueChange}`,
});

/** Expands the short forms of a change. `undefined` means that the value is to be removed. */
export function operationsOf(change: ValueChange): Operations | undefined {
  if (change === null) return undefined;
  return typeof change === 'object' ? change : { set: change };
}

const filler = 0x78;

/**
 * Applies `operations` to octets, except `set` and `certificate`. The caller applies these two, because they depend on
 * the kind of value.
 */
export function changeOctets(value: Buffer, operations: Operations): Buffer {
  const { hex, flip, truncate, pad, append, memory, lowerCase, wrap } = operations;
  let octets = hex === undefined ? value : Buffer.from(hex, 'hex');
  if (flip !== undefined) octets = flipped(octets, flip);
  if (truncate !== undefined) octets = octets.subarray(0, truncate);
  if (pad !== undefined)
    octets = Buffer.concat([octets, Buffer.alloc(Math.max(0, pad - octets.length), filler)]);
  if (append !== undefined) octets = Buffer.concat([octets, Buffer.from(append, 'hex')]);
  if (memory !== undefined) octets = askForMemory(octets, memory);
  if (lowerCase) octets = Buffer.from(octets.toString('latin1').toLowerCase(), 'latin1');
  if (wrap !== undefined) octets = Buffer.from(wrapped(octets.toString('latin1'), wrap), 'latin1');
  return octets;
}

function flipped(octets: Buffer, at: number): Buffer {
  const copy = Buffer.from(octets);
  const index = at < 0 ? copy.length + at : at;
  const octet = copy[index];
  if (octet === undefined)
    throw new ChangeError(`has ${copy.length} octets, so there is no octet at index ${at}`);
  copy[index] = octet ^ 0x01;
  return copy;
}

function wrapped(text: string, width: number): string {
  let lines = text.slice(0, width);
  for (let at = width; at < text.length; at += width) lines += `\n${text.slice(at, at + width)}`;
  return lines;
}
