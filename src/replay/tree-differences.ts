import { textForm } from '../instruments/journal/index.js';
import type { Difference } from './report.js';

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Buffer.isBuffer(value);

/** Compares two decoded values member by member. @param name member name of the values */
export function treeDifferences(recorded: unknown, now: unknown, path: string, name = path): Difference[] {
  if (isNode(recorded) && isNode(now) && Array.isArray(recorded) === Array.isArray(now)) {
    const members = new Set([...Object.keys(recorded), ...Object.keys(now)]);
    return [...members].flatMap((member) =>
      treeDifferences(
        Object.hasOwn(recorded, member) ? recorded[member] : undefined,
        Object.hasOwn(now, member) ? now[member] : undefined,
        `${path}.${member}`,
        Array.isArray(recorded) ? name : member,
      ),
    );
  }
  return isSame(recorded, now) ? [] : [{ path, ...shown(recorded, now, name) }];
}

const isSame = (one: unknown, other: unknown): boolean =>
  Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : one === other;

/** Both values in the journal's notation. If one of the values is long, both are cut to the part around the first difference. */
function shown(recorded: unknown, now: unknown, name: string): Pick<Difference, 'recorded' | 'now'> {
  const [was, is] = [recorded, now].map((value) => (value === undefined ? undefined : textOf(value, name)));
  if (was === undefined || is === undefined) return { recorded: cut(was), now: cut(is) };
  if (was === is && Buffer.isBuffer(recorded) && Buffer.isBuffer(now)) {
    const at = firstDifference(recorded, now);
    return { recorded: part(recorded, at), now: part(now, at) };
  }
  const isLong = Math.max(was.length, is.length) > longest;
  const from = isLong ? Math.max(0, firstDifference(was, is) - 20) : 0;
  return { recorded: cut(was, from), now: cut(is, from) };
}

/** Maximum number of characters to show. */
const longest = 400;

const cut = (text: string | undefined, from = 0): string | undefined =>
  text === undefined || text.length <= longest
    ? text
    : `${from > 0 ? '…' : ''}${text.slice(from, from + longest)}${text.length > from + longest ? '…' : ''}`;

function textOf(value: unknown, name: string): string {
  const text = textForm(value, name);
  return typeof text === 'string' ? text : JSON.stringify(text);
}

/** The index of the first character or octet that differs. */
export function firstDifference(one: string | Buffer, other: string | Buffer): number {
  const least = Math.min(one.length, other.length);
  for (let at = 0; at < least; at++) if (one[at] !== other[at]) return at;
  return least;
}

const part = (octets: Buffer, at: number): string =>
  `${octets
    .subarray(at, at + 16)
    .toString('hex')
    .toUpperCase()}… (from octet ${at} of ${octets.length})`;
