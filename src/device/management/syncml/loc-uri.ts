import { SyncRefusal, SyncStatus } from './status.js';

/** The address of a node in the tree of the device. */
export interface NodeAddress {
  /** Decoded names, from the root: `Device`, `Vendor`, `MSFT` … */
  readonly names: readonly string[];
  /** The part after `?`, such as `prop=ACL`. Empty if the LocURI has no such part. */
  readonly query: string;
}

/**
 * Parses a LocURI as Windows does. A LocURI begins with `./`, its names are percent-encoded, and no name is empty, `.`,
 * `..` or `*`.
 *
 * @throws SyncRefusal 400
 */
export function parseLocUri(text: string | undefined): NodeAddress {
  if (text === undefined || text === '') throw wrong('the Target with its LocURI is missing');
  if (text.length > 1024) throw wrong('the LocURI is longer than 1024 characters');
  const [path = '', query = ''] = text.split('?', 2);
  if (path.startsWith('/')) throw wrong("the LocURI begins with '/'; write ./Device/…");
  const [root, ...steps] = path.split('/');
  if (root !== '.') throw wrong("the LocURI does not begin with './'; write ./Device/…");
  const names = steps.map(decoded);
  for (const name of names) {
    if (name === '') throw wrong('a node name is empty');
    if (name === '.' || name === '..' || name === '*') throw wrong(`'${name}' is not a node name`);
  }
  return { names, query };
}

/** Writes a LocURI from decoded names. */
export const locUri = (...names: readonly string[]): string =>
  ['.', ...names.map((name) => encodeURIComponent(name))].join('/');

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw wrong(`'${step}' is not percent-encoded UTF-8`);
  }
}

const wrong = (message: string): SyncRefusal => new SyncRefusal(SyncStatus.badRequest, message);
