import type { RecordedExchange } from '../api/recording/index.js';

type Message = Pick<NonNullable<RecordedExchange['request']>, 'body' | 'encoding'>;

/** The octets of a recorded message. Empty if it has no body. */
export const bodyOf = ({ body = '', encoding }: Message): Buffer =>
  Buffer.from(body, encoding === 'base64' ? 'base64' : 'utf8');

/** Headers that belong to the connection and not to the request, so they are not sent again. */
const ofConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The recorded headers to send again. */
export const headersOf = ({
  headers,
}: Pick<NonNullable<RecordedExchange['request']>, 'headers'>): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name.toLowerCase())));
