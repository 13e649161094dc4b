import { createReadStream } from 'node:fs';
import type { ControlContext } from '../control/index.js';
import { ManifestError, problemText } from '../manifests/index.js';
import { preload, type PreloadResult } from '../orders/index.js';
import { ConfigError } from './settings.js';

/** Problems that the refusal of a seed names. */
const mostNamed = 5;

/**
 * Imports the manifest that a database is seeded with.
 *
 * @throws ConfigError where the file cannot be read or is wrong
 */
export async function seedManifest(context: ControlContext, path: string): Promise<PreloadResult> {
  const problems: string[] = [];
  try {
    for await (const event of preload(context, createReadStream(path), { maxLines: context.manifestLines })) {
      if (event.kind === 'rejected' && problems.length < mostNamed)
        problems.push(`line ${event.row.line}: ${event.row.problems.map(problemText).join('. ')}`);
      if (event.kind === 'done' && event.result.outcome !== 'refused') return event.result;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof ManifestError) problems.push(error.message);
    else if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new ConfigError(
        `SMDP_SEED is '${path}', which can not be read (${code}); name the file of a manifest.`,
      );
    else throw error;
  }
  throw new ConfigError(
    [`SMDP_SEED is '${path}', and nothing was imported from it:`, ...problems].join('\n  '),
  );
}
