import { isUtf8 } from 'node:buffer';
import Type from 'typebox';
import { decodedBody } from '../../instruments/journal/index.js';
import { viewFrom } from '../http/view.js';

interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Headers that hold credentials. */
const credentialHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** One message: as sent, and decoded. */
export const messageView = viewFrom<Message>()((member) => ({
  headers: member(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
    ({ headers }) =>
      Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, credentialHeaders.has(name.toLowerCase()) ? '***' : value]],
        ),
      ),
  ),
  body: member(
    Type.Optional(Type.String({ description: 'text, or base64 if the body is not text' })),
    ({ body }) => (body.length > 0 ? body.toString(isUtf8(body) ? 'utf8' : 'base64') : undefined),
  ),
  encoding: member(
    Type.Optional(Type.Literal('base64', { description: 'base64 if the body is not text' })),
    ({ body }) => (isUtf8(body) ? undefined : 'base64'),
  ),
  decoded: member(
    Type.Optional(
      Type.Unknown({ description: 'members of the body; DER is decoded into the fields of SGP.22' }),
    ),
    ({ body }) => decodedBody(body),
  ),
}));
