import { Readable } from 'node:stream';
import type { ImportQuery, ManifestAnswer } from '../api/index.js';
import type { CallApi } from './call.js';

/** A file by its content: a text, its octets, or a stream of them, such as `createReadStream('eids.csv')`. */
export type FileContent = string | Uint8Array | Readable | AsyncIterable<Uint8Array | string>;

/** EIDs in bulk; all calls raise ControlError. */
export interface ManifestCalls {
  /**
   * Prepares a profile for each EID of a manifest, CSV or NDJSON: all or nothing, unless `skipBadRows` is given. 422: nothing was
   * imported, and `errors` name the rows that are wrong, up to a hundred of them.
   */
  import(manifest: FileContent, options?: ImportQuery): Promise<ManifestAnswer>;
}

export const manifestsBy = (call: CallApi): ManifestCalls => ({
  import: (manifest, options = {}) =>
    call('POST', '/manifests', { query: { ...options }, body: bodyOf(manifest) }),
});

/** What the control API takes for a file. */
export function bodyOf(content: FileContent): Buffer | Readable {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return Buffer.from(content);
  return content instanceof Readable ? content : Readable.from(content, { objectMode: false });
}
