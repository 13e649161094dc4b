import { Readable } from 'node:stream';
import type { ImportQuery, ManifestAnswer } from '../api/index.js';
import type { CallApi } from './call.js';

/** Content of a file: a string, octets, or a stream such as `createReadStream('eids.csv')`. */
export type FileContent = string | Uint8Array | Readable | AsyncIterable<Uint8Array | string>;

/** Imports of EID manifests. All calls throw ControlError. */
export interface ManifestCalls {
  /**
   * Prepares a profile for each EID of a manifest in CSV or NDJSON. Imports all rows or none, unless `skipBadRows` is true.
   * 422: nothing was imported; `errors` names up to 100 wrong rows.
   */
  import(manifest: FileContent, options?: ImportQuery): Promise<ManifestAnswer>;
}

export const manifestsBy = (call: CallApi): ManifestCalls => ({
  import: (manifest, options = {}) =>
    call('POST', '/manifests', { query: { ...options }, body: bodyOf(manifest) }),
});

/** Turns the content of a file into the body of a call. */
export function bodyOf(content: FileContent): Buffer | Readable {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return Buffer.from(content);
  return content instanceof Readable ? content : Readable.from(content, { objectMode: false });
}
