import { readFile, stat } from 'node:fs/promises';
import { compileValidator } from '../api/index.js';
import { ExchangeFile, exportFormat, FirstExchangeFile, firstFormat } from '../api/recording/index.js';
import { ReplayFileError } from './errors.js';

/** A file with exchanges, in any version of the format. */
export type Recording = ExchangeFile | FirstExchangeFile;

/** The maximum size of a file. It is twice the size of a full journal. */
export const maxOctets = 384 * 1024 * 1024;

/** The maximum number of errors that a message names. */
const mostNamed = 5;

const checks = {
  [exportFormat]: compileValidator({ schema: ExchangeFile, httpPart: 'body' }),
  [firstFormat]: compileValidator({ schema: FirstExchangeFile, httpPart: 'body' }),
} as const;

/**
 * Reads a file that `GET /api/v1/exchanges/export` or `mock-smdp session export` wrote.
 *
 * @param source the path of the file, its octets, or the object in it
 * @throws ReplayFileError
 */
export async function readRecording(source: string | Uint8Array | ExchangeFile): Promise<Recording> {
  if (typeof source === 'string') return recordingIn(parsed(await contentOf(source)));
  return recordingIn(source instanceof Uint8Array ? parsed(source) : source);
}

async function contentOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxOctets) throw tooLarge(size);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ReplayFileError) throw error;
    throw new ReplayFileError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function recordingIn(given: unknown): Recording {
  const format = typeof given === 'object' && given !== null && 'format' in given ? given.format : undefined;
  if (format !== exportFormat && format !== firstFormat) throw unknownFormat(format);
  const outcome = checks[format](given);
  if ('error' in outcome) throw malformed(outcome.error);
  return outcome.value as Recording;
}

function parsed(octets: Uint8Array): unknown {
  if (octets.byteLength > maxOctets) throw tooLarge(octets.byteLength);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch (error) {
    throw new ReplayFileError(
      `The file is not valid JSON in UTF-8: ${(error as Error).message}. Give a file that 'mock-smdp session export' wrote.`,
      { cause: error },
    );
  }
}

const tooLarge = (size: number): ReplayFileError =>
  new ReplayFileError(
    `The file has ${size} octets; ${maxOctets} are allowed. Export less, for example one session or one EID.`,
  );

const unknownFormat = (format: unknown): ReplayFileError =>
  new ReplayFileError(
    typeof format === 'string' && format.startsWith('mock-smdp exchanges ')
      ? `format: '${format.slice(0, 60)}' is a format of another version of mock-smdp; this version reads '${exportFormat}' and '${firstFormat}'.`
      : `format is not '${exportFormat}': give a file that 'mock-smdp session export' wrote.`,
  );

function malformed(error: Error): ReplayFileError {
  const problems = 'errors' in error ? (error.errors as readonly { field: string; message: string }[]) : [];
  const named = problems.slice(0, mostNamed).map(({ field, message }) => `${field} ${message}`);
  const rest = problems.length > named.length ? '; and more' : '';
  return new ReplayFileError(`The file is malformed: ${named.join('; ') || error.message}${rest}.`, {
    cause: error,
  });
}
