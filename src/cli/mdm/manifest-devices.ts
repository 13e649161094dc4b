import { createReadStream } from 'node:fs';
import { ManifestError, problemText, readManifest } from '../../manifests/index.js';
import { MisuseError } from '../errors.js';

/** A device of a manifest. */
export interface ManifestDevice {
  /** The label of the row, with `-` in place of other characters. Without a label: `pc-` and the EID. */
  readonly name: string;
  /** 32 digits. */
  readonly eid: string;
}

/** Reads the devices of an EID manifest. @throws MisuseError if the file is wrong */
export async function devicesOfManifest(path: string): Promise<readonly ManifestDevice[]> {
  const devices: ManifestDevice[] = [];
  try {
    for await (const part of readManifest(createReadStream(path) as AsyncIterable<Buffer>)) {
      if (part.kind !== 'rows') continue;
      const [wrong] = part.rejected;
      if (wrong)
        throw new MisuseError(`${path}, line ${wrong.line}: ${wrong.problems.map(problemText).join('; ')}`);
      devices.push(...part.rows.map(({ eid, label }) => ({ eid, name: nameOf(label, eid) })));
    }
  } catch (error) {
    if (error instanceof MisuseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ManifestError || code !== undefined)
      throw new MisuseError(`${path}: ${message}`, { cause: error });
    throw error;
  }
  return devices;
}

/** Makes a name of a device. Such names have only letters, digits and . _ -, and begin with a letter or digit. */
const nameOf = (label: string | null | undefined, eid: string): string =>
  (label ?? '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64) || `pc-${eid}`;
