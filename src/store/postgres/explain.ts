import { DuplicateError, StoreError, type StoreFailure } from '../errors.js';

const advice: readonly (readonly [code: RegExp, failure: StoreFailure, advice: string])[] = [
  [/^ECONNREFUSED$/, 'unreachable', 'refuses connections; start PostgreSQL there, or correct SMDP_DATABASE'],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    'unreachable',
    'has a host name that cannot be resolved; correct SMDP_DATABASE',
  ],
  [/^28/, 'unreachable', 'refuses the user or the password; correct SMDP_DATABASE'],
  [/^3D000$/, 'unreachable', 'does not exist; create it with createdb'],
  [
    /^53300$/,
    'unreachable',
    'has no connection left; raise max_connections, or lower connections=… in SMDP_DATABASE',
  ],
  [/^57P0[123]$/, 'unreachable', 'is shutting down or starting up; wait until it is ready'],
  [/^(25006|25P03)$/, 'read-only', 'is read-only; connect to the primary server'],
  [/^42501$/, 'read-only', 'denies this user a permission; let the user own the schema'],
  [/^53[12]00$/, 'full', 'is out of space or memory; free some'],
  [/^XX00[12]$/, 'damaged', 'is damaged; restore a backup'],
  [/^(55P03|57014|40P01|40001)$/, 'locked', 'was locked by other work for too long; try again'],
  [/^(08|57P|E[A-Z]+$)/, 'unreachable', 'lost the connection; check the network and the server'],
];

/** Whether other work used all connections for too long. Errors of `pg` that are about waiting have no code, only a message. */
const isPoolTimeout = (error: Error): boolean =>
  /timeout exceeded when trying to connect/i.test(error.message);

/** Whether PostgreSQL did not answer in time. */
const isAnswerTimeout = (error: Error): boolean =>
  /connection timeout|timeout expired|Query read timeout/i.test(error.message);

const isBrokenOff = (error: Error): boolean =>
  /Connection terminated|not queryable|Connection ended/i.test(error.message);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether `error` means that the connection is lost. The outcome of the last statement is then unknown. */
export const isConnectionLost = (error: unknown): boolean =>
  /^(08|57P0[12]|25P03|ECONNRESET|EPIPE|ETIMEDOUT)/.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && (isBrokenOff(error) || isAnswerTimeout(error)));

/** Whether PostgreSQL rolled the transaction back only because of other transactions at the same time. */
export const isRolledBackForOthers = (error: unknown): boolean => /^(40P01|40001)$/.test(codeOf(error));

/** Converts an error of the database called `name` into the error for the caller of the store. */
export function explain(error: unknown, name: string): unknown {
  if (error instanceof StoreError || error instanceof DuplicateError || !(error instanceof Error))
    return error;
  const cause = { cause: error };
  const code = codeOf(error);
  const row = advice.find(([pattern]) => pattern.test(code));
  if (row) return new StoreError(row[1], `The database ${name} ${row[2]} (${code})`, cause);
  if (code === '' && isPoolTimeout(error))
    return new StoreError(
      'locked',
      `All connections to the database ${name} were in use for too long; send fewer requests at a time, or raise connections=… in SMDP_DATABASE`,
      cause,
    );
  if (code === '' && isAnswerTimeout(error))
    return new StoreError(
      'unreachable',
      `The database ${name} did not answer in time; check its load`,
      cause,
    );
  if (code === '' && isBrokenOff(error))
    return new StoreError(
      'unreachable',
      `The database ${name} closed the connection; it may be restarting`,
      cause,
    );
  if (/^[0-9A-Z]{5}$/.test(code))
    return new StoreError('failed', `The database ${name} failed: ${error.message} (${code})`, cause);
  return error;
}
