/** A line that lpac writes to its standard output (lpac's documentation, `backends/stdio-schema.json`). */
export type LpacLine =
  | { readonly type: 'apdu'; readonly func: string; readonly param: string | undefined }
  | {
      readonly type: 'http';
      readonly url: string;
      readonly headers: readonly string[];
      readonly body: Buffer;
    }
  | { readonly type: 'malformed'; readonly of: 'apdu' | 'http'; readonly problem: string }
  /**
   * All other lines: `progress`, `driver` and `lpa` lines, and text. `isPreview`: lpac asks the user whether to
   * continue.
   */
  | { readonly type: 'other'; readonly isPreview: boolean };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isHex = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:[0-9a-f]{2})*$/i.test(value);

/** Reads a line of lpac's output. */
export function readLine(line: string): LpacLine {
  const message = parsed(line);
  if (!message) return { type: 'other', isPreview: false };
  const { type, payload } = message;
  if (type !== 'apdu' && type !== 'http') return { type: 'other', isPreview: isPreview(type, payload) };
  if (!isObject(payload)) return { type: 'malformed', of: type, problem: 'payload is not an object' };
  return type === 'apdu' ? readApdu(payload) : readHttp(payload);
}

function parsed(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPreview = (type: unknown, payload: unknown): boolean =>
  type === 'progress' && isObject(payload) && payload['message'] === 'preview';

function readApdu({ func, param }: Json): LpacLine {
  if (typeof func !== 'string') return { type: 'malformed', of: 'apdu', problem: 'func is not a string' };
  const isAbsent = param === undefined || param === null;
  if (!isAbsent && !isHex(param)) return { type: 'malformed', of: 'apdu', problem: 'param is not hex' };
  return { type: 'apdu', func, param: isAbsent ? undefined : param };
}

function readHttp({ url, tx, headers }: Json): LpacLine {
  const malformed = (problem: string): LpacLine => ({ type: 'malformed', of: 'http', problem });
  if (typeof url !== 'string') return malformed('url is not a string');
  if (!isHex(tx ?? '')) return malformed('tx is not hex');
  const lines: unknown = headers ?? [];
  if (!Array.isArray(lines) || !lines.every((each) => typeof each === 'string'))
    return malformed('headers is not a list of strings');
  return { type: 'http', url, headers: lines, body: Buffer.from((tx ?? '') as string, 'hex') };
}

/** The answer to an `apdu` line. A negative number means failure. */
export const apduAnswer = (ecode: number, data?: Buffer): string =>
  JSON.stringify({
    type: 'apdu',
    payload: { ecode, ...(data && { data: data.toString('hex').toUpperCase() }) },
  });

/** The answer to an `http` line. */
export const httpAnswer = (rcode: number, rx: Buffer): string =>
  JSON.stringify({ type: 'http', payload: { rcode, rx: rx.toString('hex').toUpperCase() } });
