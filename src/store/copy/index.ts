import { resolve } from 'node:path';
import { isPostgres, refuseScheme } from '../open.js';
import { CopyError, sameDatabase } from './copy-error.js';
import { copyRows, type CopyReport, type CopyStep } from './copy.js';
import type { CopySource, CopyTarget, SourceOptions, TargetOptions } from './sides.js';

export { CopyError } from './copy-error.js';
export type { CopiedTableReport, CopyReport, CopyStep } from './copy.js';

export interface CopyOptions extends Partial<SourceOptions>, Partial<TargetOptions> {
  readonly report?: ((step: CopyStep) => void) | undefined;
}

/**
 * Copies the database `from` to the database `to`. Both have the form of the setting `SMDP_DATABASE`. If a copy was interrupted, the
 * next call with the same databases continues it.
 *
 * @throws CopyError, StoreError
 */
export async function copyDatabase(
  from: string,
  to: string,
  { whileRunning = false, restart = false, report }: CopyOptions = {},
): Promise<CopyReport> {
  for (const database of [from, to]) {
    refuseScheme(database);
    if (database === ':memory:')
      throw new CopyError('A database in memory cannot be copied; name a file.', true);
  }
  if (isPostgres(from) ? from === to : resolve(from) === resolve(to)) throw sameDatabase();
  const source = await (await engineOf(from)).openCopySource(from, { whileRunning });
  try {
    const target = await (await engineOf(to)).openCopyTarget(to, { restart });
    try {
      return await copyRows(source, target, report);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

interface CopyEngine {
  readonly openCopySource: (database: string, options: SourceOptions) => Promise<CopySource>;
  readonly openCopyTarget: (database: string, options: TargetOptions) => Promise<CopyTarget>;
}

const engineOf = (database: string): Promise<CopyEngine> =>
  isPostgres(database) ? import('../postgres/copy.js') : import('../sqlite/copy.js');
