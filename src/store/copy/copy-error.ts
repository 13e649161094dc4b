/** A database cannot be copied. The message says why, and what to do. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

export const sameDatabase = (): CopyError =>
  new CopyError('Source and target are the same database; name two.');

export const sourceInUse = (description: string): CopyError =>
  new CopyError(
    `${description} is open in another process, probably a running server. Stop it, so that nothing is left behind. ` +
      'Or add --while-running: the copy then has the state of this moment, without what the server writes later.',
  );

export const targetInUse = (description: string): CopyError =>
  new CopyError(
    `${description} is open in another process, for example a server or another copy. Stop it, and run the command again.`,
  );

export const targetHoldsData = (description: string, table: string): CopyError =>
  new CopyError(
    `${description} holds other data already (table ${table}). Name an empty database, or a file that does not exist.`,
  );

export const otherSource = (target: string, source: string): CopyError =>
  new CopyError(
    `${target} holds an unfinished copy of ${source}. Name that source to continue, or add --restart to discard the unfinished copy.`,
  );

export const sourceChanged = (source: string, table: string): CopyError =>
  new CopyError(
    `${source} has changed since the copy began (table ${table}), so the copy cannot be continued. Add --restart to begin again.`,
  );

export const differs = (
  target: string,
  table: string,
  source: { readonly rows: number; readonly checksum: string },
  found: { readonly rows: number; readonly checksum: string },
): CopyError =>
  new CopyError(
    `The table ${table} of ${target} differs from the source: ${said(found)} instead of ${said(source)}. ` +
      'Something changed the target during the copy. It stays marked as unfinished, and no server starts on it. Add --restart to begin again.',
  );

const said = ({ rows, checksum }: { readonly rows: number; readonly checksum: string }): string =>
  `${rows.toLocaleString('en')} rows with the checksum ${checksum.slice(0, 16)}…`;
