import type { ConnectionFailure } from '../../../wire/device-words/index.js';

/** Matches the error codes of Node and OpenSSL for an untrusted TLS certificate. */
const distrust = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;
const breaks: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_EOF_STATE']);
const delays: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ABORT_ERR', 'TimeoutError', 'AbortError']);

/** Translates an error of Node's network modules into a failure as a device sees it. */
export function connectionFailure(cause: unknown): ConnectionFailure['what'] {
  const {
    code,
    name,
    message = '',
    errors,
  } = (cause ?? {}) as Partial<AggregateError & NodeJS.ErrnoException>;
  if (code === undefined && errors?.length) return connectionFailure(errors[0]);
  const words = [code, name].filter((word) => typeof word === 'string');
  if (words.some((word) => delays.has(word))) return 'timeout';
  if (words.some((word) => distrust.test(word))) return 'tls';
  if (words.some((word) => breaks.has(word)) || message === 'aborted') return 'interrupted';
  return 'unreachable';
}
