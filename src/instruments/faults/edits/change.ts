import Type, { type Static } from 'typebox';
import { defects } from './defects.js';
import { ChangeError } from './error.js';
import { askForMemory } from './memory.js';

const position = (what: string) => Type.Optional(Type.Integer({ description: `a number: ${what}` }));
const hex = (what: string) =>
  Type.Optional(Type.String({ pattern: '^([0-9A-Fa-f]{2})*$', description: `hex: ${what}` }));

/** Ways to change a value that are told apart by their names; several are done in this order. */
const Operations = Type.Object(
  {
    set: Type.Optional(Type.Unknown({ description: 'a value in its place' })),
    hex: hex('octets in its place'),
    certificate: Type.Optional(
      Type.Enum(Object.keys(defects), {
        description: `a certificate in its place: ${Object.keys(defects).join(', ')}`,
      }),
    ),
    flip: position('inverts the last bit of the octet there, counted from 0, or from the end below 0'),
    truncate: position('keeps so many octets, or leaves so many out at the end below 0'),
    pad: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 4_194_304, description: 'a number: fills up to so many octets' }),
    ),
    append: hex('octets at the end'),
    memory: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 16_777_216,
        description: 'a number: the package makes the eUICC create files with this many octets more',
      }),
    ),
    lowerCase: Type.Optional(Type.Boolean({ description: 'true: in lower case' })),
    wrap: Type.Optional(
      Type.Integer({ minimum: 1, description: 'a number: a line break after every so many characters' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, description: 'changes of a value' },
);
export type Operations = Static<typeof Operations>;

/** What becomes of a value: another one, none (null), or the same one changed. */
export const ValueChange = Type.Union(
  [Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Operations],
  {
    description:
      'a new value, null to leave the value out, or an object with one of set, hex, certificate, flip, truncate, pad, append, memory, lowerCase, wrap',
  },
);
export type ValueChange = Static<typeof ValueChange>;

/** Turns the short forms of a change into the long one; `undefined` where the value is to be left out. */
export function operationsOf(change: ValueChange): Operations | undefined {
  if (change === null) return undefined;
  return typeof change === 'object' ? change : { set: change };
}

const filler = 0x78;

/** Does to octets what `operations` say, but for `set` and `certificate`, which depend on what they stand for. */
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
  if (octet === undefined) throw new ChangeError(`has ${copy.length} octets, none at ${at}`);
  copy[index] = octet ^ 0x01;
  return copy;
}

function wrapped(text: string, width: number): string {
  let lines = text.slice(0, width);
  for (let at = width; at < text.length; at += width) lines += `\n${text.slice(at, at + width)}`;
  return lines;
}
