import type { RecordedExchange } from '../api/recording/index.js';
import { binaryMember, decodedMember, membersOf } from '../instruments/journal/index.js';
import { bodyOf } from './message.js';
import { shapeOf } from './package-shape.js';
import type { Difference } from './report.js';
import type { Asked } from './replay-server.js';
import { noSignature } from './recorded-values.js';
import { firstDifference, treeDifferences } from './tree-differences.js';

/** The header with the version of the server. The comparison ignores this header. */
const versionHeader = 'x-mock-smdp';

/** Whether only the shape of an exchange's BPP can be compared, because the one-time key is not in the file. */
export const isComparedByShape = ({ function: name, secrets, replay }: RecordedExchange): boolean =>
  name === 'getBoundProfilePackage' && replay.signatures.length > 0 && secrets?.['otSK.DP'] === undefined;

/** The differences between the recorded answer and the present one. */
export function differencesOf(recorded: RecordedExchange, { exchange, answer }: Asked): Difference[] {
  const { answer: was, state } = recorded;
  return [
    ...treeDifferences(was.status, answer.status, 'HTTP status'),
    ...treeDifferences(named(was.headers), named(answer.headers), 'headers'),
    ...bodyDifferences(bodyOf(was), answer.body, isComparedByShape(recorded)),
    ...treeDifferences(plain(was.delivery), plain(answer.delivery), 'delivery'),
    ...(state
      ? treeDifferences(state.after, exchange.stateAfter ?? exchange.order?.state, 'order.state')
      : []),
  ];
}

function named(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== versionHeader));
}

/** The value as it is after a round trip through JSON. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

function bodyDifferences(recorded: Buffer, now: Buffer, byShape: boolean): Difference[] {
  if (recorded.equals(now)) return [];
  const [was, is] = [membersOf(recorded), membersOf(now)];
  if (!was || !is) {
    const isOfSameShape = byShape && !was && !is && recorded.length === now.length;
    return isOfSameShape ? [] : bodyDifference(recorded, now);
  }
  const members = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const found = members.flatMap((name) => memberDifferences(name, was[name], is[name], byShape));
  if (found.length > 0) return found;
  return byShape ? [] : bodyDifference(recorded, now, 'the same members, written as ');
}

function memberDifferences(name: string, recorded: unknown, now: unknown, byShape: boolean): Difference[] {
  if (recorded === now) return [];
  const [was, is] = [binaryMember(name, recorded), binaryMember(name, now)];
  if (!was || !is) return treeDifferences(was ?? recorded, is ?? now, name);
  const isPackage = byShape && name === 'boundProfilePackage';
  const meaningOf = (octets: Buffer): unknown => {
    const decoded = decodedMember(name, octets);
    return isPackage ? shapeOf(decoded) : decoded;
  };
  const found = treeDifferences(meaningOf(was), meaningOf(is), name);
  if (found.length > 0) return found.map(explained);
  // The decoded values are equal, or the octets cannot be decoded. Compare the octets, unless only the shape counts.
  return isPackage ? [] : treeDifferences(was, is, name);
}

/** Says in words that the recorded signature does not verify over the new data. {@link noSignature} marks such a difference. */
const explained = (difference: Difference): Difference =>
  difference.now?.endsWith(noSignature.toString('hex'))
    ? { ...difference, now: 'a signature over different data' }
    : difference;

/** Describes the difference between two bodies by an excerpt of each, around the first octet that differs. */
function bodyDifference(recorded: Buffer, now: Buffer, what = ''): Difference[] {
  const at = firstDifference(recorded, now);
  const around = (body: Buffer): string | undefined =>
    body.length === 0
      ? undefined
      : `${what}${JSON.stringify(body.toString('latin1', Math.max(0, at - 20), at + 20))} (octet ${at} of ${body.length})`;
  return [{ path: 'body', recorded: around(recorded), now: around(now) }];
}
