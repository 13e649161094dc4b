import { isUtf8 } from 'node:buffer';
import Type, { type Static } from 'typebox';
import { decodedBody } from '../../instruments/journal/index.js';

/** One message: as sent, and decoded. */
export const MessageView = Type.Object({
  headers: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
  body: Type.Optional(Type.String({ description: 'text, or base64 if the body is not text' })),
  encoding: Type.Optional(Type.Literal('base64', { description: 'of the body, if it is not text' })),
  decoded: Type.Optional(
    Type.Unknown({ description: 'members of the body; DER is decoded into the fields of SGP.22' }),
  ),
});
export type MessageView = Static<typeof MessageView>;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Headers that hold credentials. */
const entitling = new Set(['authorization', 'cookie', 'proxy-authorization']);

export function messageView(headers: Headers, body: Buffer): MessageView {
  const isText = isUtf8(body);
  const decoded = decodedBody(body);
  return {
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, entitling.has(name.toLowerCase()) ? '***' : value]],
      ),
    ),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    ...(!isText && { encoding: 'base64' as const }),
    ...(decoded && { decoded }),
  };
}
