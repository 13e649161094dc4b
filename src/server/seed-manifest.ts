import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ControlContext } from '../api/index.js';
import { ManifestError, problemText } from '../manifests/index.js';
import { preload, type PreloadResult } from '../manifests/preload/index.js';
import { ConfigError, namesOf } from './settings.js';

/** Problems that the refusal of a seed names. */
const mostNamed = 5;

/** Raises at once what an import would, were the file not there to be read. @throws ConfigError */
export async function requireManifest(path: string): Promise<void> {
  try {
    await (await open(path)).close();
  } catch (error) {
    throw unreadable(path, error) ?? error;
  }
}

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
    if (!(error instanceof ManifestError)) throw unreadable(path, error) ?? error;
    problems.push(error.message);
  }
  throw new ConfigError(
    [`${namesOf('seed')} is '${path}', and nothing was imported from it:`, ...problems].join('\n  '),
  );
}

/** Whether an import of the manifest would add profiles, as far as its first rows tell. A file that is wrong adds none. */
export async function wouldAdd(context: ControlContext, path: string): Promise<boolean> {
  const options = { maxLines: context.manifestLines, dryRun: true, skipBadRows: true };
  try {
    for await (const event of preload(context, createReadStream(path), options)) {
      if (event.kind === 'progress') return event.counts.added > 0;
      if (event.kind === 'done') return event.result.added > 0;
    }
  } catch (error) {
    // That it cannot be read makes no difference, as long as nothing is read from it.
    if (!(error instanceof ManifestError) && !unreadable(path, error)) throw error;
  }
  return false;
}

/** What to tell of a file that cannot be read; `undefined` for errors of another kind. */
function unreadable(path: string, error: unknown): ConfigError | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(code)) return undefined;
  return new ConfigError(
    `${namesOf('seed')} is '${path}', which can not be read (${code}); name the file of a manifest.`,
  );
}
