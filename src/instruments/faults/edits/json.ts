import { changeOctets, operationsOf, type ValueChange } from './change.js';
import { ChangeError } from './error.js';

type Members = Record<string, unknown>;

/**
 * Changes one member of a JSON object.
 *
 * @param path member names from the outermost to the innermost, separated by dots
 * @throws ChangeError if the change cannot be applied
 */
export function editJson(object: unknown, path: string, change: ValueChange): Members {
  const [name, ...inner] = path.split('.') as [string, ...string[]];
  const members = isObject(object) ? object : {};
  const value =
    inner.length > 0 ? editJson(members[name], inner.join('.'), change) : changed(members[name], change);
  return Object.fromEntries(
    Object.entries({ ...members, [name]: value }).filter(([, each]) => each !== undefined),
  );
}

function changed(value: unknown, change: ValueChange): unknown {
  const operations = operationsOf(change);
  if (!operations) return undefined;
  const { set, ...rest } = operations;
  const start = set === undefined ? value : set;
  if (Object.keys(rest).length === 0) return start;
  if (typeof start !== 'string') throw new ChangeError('is not a string in the answer');
  return changeOctets(Buffer.from(start, 'utf8'), rest).toString('utf8');
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
