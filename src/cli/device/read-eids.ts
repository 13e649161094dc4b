import { ManifestError, problemText, readManifest } from '../../manifests/index.js';
import { MisuseError } from '../errors.js';
import { openSource } from '../manifest/source.js';

/**
 * Reads the EIDs of a manifest (CSV or NDJSON with a column or member `eid`), in the order of the file.
 *
 * @throws MisuseError, which names a wrong line, or says that there are more than `most` EIDs
 */
export async function readEids(path: string, most: number): Promise<string[]> {
  const { stream, format } = openSource(path);
  const eids: string[] = [];
  try {
    for await (const part of readManifest(stream as AsyncIterable<Buffer>, { format, luhn: 'off' })) {
      if (part.kind !== 'rows') continue;
      const [wrong] = part.rejected;
      if (wrong) {
        const problems = wrong.problems.map((problem) => problemText(problem)).join(' ');
        throw new MisuseError(`${path}, line ${wrong.line}: ${problems}`);
      }
      eids.push(...part.rows.map(({ eid }) => eid));
      if (eids.length > most) throw new MisuseError(`${path} has more than ${most} EIDs.`);
    }
  } catch (error) {
    throw error instanceof ManifestError ? new MisuseError(`${path}: ${error.message}`) : error;
  }
  return eids;
}
