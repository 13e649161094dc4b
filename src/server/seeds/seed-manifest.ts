import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ControlContext } from '../../api/index.js';
import { ManifestError, problemText } from '../../manifests/index.js';
import { preload, type PreloadResult } from '../../manifests/preload/index.js';
import { ConfigError, namesOf } from '../settings.js';

/** Maximum number of problems that an error message about a seed names. */
const mostNamed = 5;

/** Checks that the manifest can be read, before anything is imported. @throws ConfigError */
export async function requireManifest(path: string): Promise<void> {
  try {
    await (await open(path)).close();
  } catch (error) {
    throw unreadable(path, error) ?? error;
  }
}

/**
 * Imports the manifest of the seed.
 *
 * @throws ConfigError if the file cannot be read or is wrong
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
    if (!(error instanceof ManifestError)) throw unreadable(path, error) ?? error;
    problems.push(error.message);
  }
  throw new ConfigError(
    [`${namesOf('seed')} is '${path}'. The server imported nothing from this file:`, ...problems].join(
      '\n  ',
    ),
  );
}

/** Whether the first rows of a manifest would add profiles. False for a file with errors. */
export async function wouldAdd(context: ControlContext, path: string): Promise<boolean> {
  const options = { maxLines: context.manifestLines, dryRun: true, skipBadRows: true };
  try {
    for await (const event of preload(context, createReadStream(path), options)) {
      if (event.kind === 'progress') return event.counts.added > 0;
      if (event.kind === 'done') return event.result.added > 0;
    }
  } catch (error) {
    // An unreadable file is no error here, because the database is not empty and will not be seeded.
    if (!(error instanceof ManifestError) && !unreadable(path, error)) throw error;
  }
  return false;
}

/** The message about an unreadable file; `undefined` for other errors. */
function unreadable(path: string, error: unknown): ConfigError | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(code)) return undefined;
  return new ConfigError(
    `${namesOf('seed')} is '${path}', which cannot be read (${code}); give the path of a manifest.`,
  );
}
