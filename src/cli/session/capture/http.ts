import { STATUS_CODES } from 'node:http';
import type { ExchangeDetails } from '../../../api/index.js';

type Message = Pick<NonNullable<ExchangeDetails['request']>, 'headers' | 'body' | 'encoding'>;

/** The octets of a body. The journal keeps a body as text if possible, otherwise as base64. */
const bodyOf = ({ body = '', encoding }: Message): Buffer => Buffer.from(body, encoding ?? 'utf8');

/**
 * Headers about the transfer of the body. A capture leaves them out and has Content-Length instead, because it contains
 * the complete body.
 */
const framing = /^(?:content-length|transfer-encoding|connection|keep-alive)$/i;

function messageOf(line: string, message: Message, hasLength = true): Buffer {
  const body = bodyOf(message);
  const headers = Object.entries(message.headers)
    .filter(([name]) => !framing.test(name))
    .flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each.replace(/[\r\n]/g, ' ')}`));
  const length = hasLength ? [`Content-Length: ${body.length}`] : [];
  const head = [line, ...headers, ...length].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

const folder: Readonly<Record<string, string>> = {
  'ES9+': 'es9plus',
  'ES2+': 'es2plus',
  ES11: 'es11',
  ES12: 'es12',
};

/** Method and path of a request. A function of SGP.22 is always a POST to its path (6.5.2). */
function requestLine({ interface: name, function: called, path }: ExchangeDetails): string {
  if (path !== undefined) return `${path.replace(/[\r\n]/g, ' ')} HTTP/1.1`;
  return `POST /gsma/rsp2/${folder[name] ?? name}/${called} HTTP/1.1`;
}

/** The request as HTTP/1.1 without TLS. `undefined` if no request arrived. */
export const requestOctets = (exchange: ExchangeDetails): Buffer | undefined =>
  exchange.request && messageOf(requestLine(exchange), exchange.request);

/** An answer with this status has no Content-Length (RFC 9110, 8.6). */
const noContent = 204;

/** The answer as HTTP/1.1 without TLS. `undefined` if the server sent no answer. */
export function answerOctets({ answer }: ExchangeDetails): Buffer | undefined {
  const { status } = answer;
  if (status === 0) return undefined;
  return messageOf(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, answer, status !== noContent);
}
