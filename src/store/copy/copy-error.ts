/** The database cannot be copied. The message says why, and what to do. */
export class CopyError extends Error {
  override readonly name = 'CopyError';

  constructor(
    message: string,
    /** Whether the databases must be named in another way. */
    readonly isMisuse = false,
  ) {
    super(message);
  }
}

export const sameDatabase = (): CopyError =>
  new CopyError('Source and target are the same database; give two different databases.', true);

export const sourceInUse = (description: string): CopyError =>
  new CopyError(
    `${description} is open in another process, probably a running server. Stop that process, so that the copy is complete. ` +
      'Or add --while-running: the copy then has the state of this moment, without later changes.',
  );

export const targetInUse = (description: string): CopyError =>
  new CopyError(
    `${description} is open in another process, for example in a server or another copy command. Stop that process, and run the command again.`,
  );

export const targetHoldsData = (description: string, table: string): CopyError =>
  new CopyError(
    `${description} already holds other data (table ${table}). Give an empty database, or a file that does not exist.`,
  );

export const otherSource = (target: string, source: string): CopyError =>
  new CopyError(
    `${target} holds an unfinished copy of ${source}. Give that source to continue, or add --restart to discard the unfinished copy.`,
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
      'Something changed the target during the copy. The target stays marked as unfinished, and no server starts on it. Add --restart to begin again.',
  );

const said = ({ rows, checksum }: { readonly rows: number; readonly checksum: string }): string =>
  `${rows.toLocaleString('en')} rows with the checksum ${checksum.slice(0, 16)}…`;
