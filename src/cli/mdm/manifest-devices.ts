import { createReadStream } from 'node:fs';
import { ManifestError, problemText, readManifest } from '../../manifests/index.js';
import { MisuseError } from '../errors.js';

/** A device of a manifest. */
export interface ManifestDevice {
  /** Its label with `-` for other characters, or its EID. */
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

/** Names of devices have letters, digits and . _ - only, and begin with a letter or digit. */
const nameOf = (label: string | null | undefined, eid: string): string =>
  (label ?? '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64) || `pc-${eid}`;
