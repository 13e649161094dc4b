import { Asn1Error, readTlv } from '../../asn1/index.js';
import type { Answer, Exchange, Interceptor, ReceivedRequest } from '../../exchanges/index.js';
import { requestMembers, type Encoding } from './messages.js';

/** Names every clause that a device bends, in the journal and in the header `X-Mock-Deviations` of the answer; refuses nothing for it. */
export const strict: Interceptor = {
  received(exchange, request) {
    const members = requestMembers[exchange.functionName];
    if (!members || !['ES9+', 'ES11'].includes(exchange.interfaceName)) return;
    checkHeaders(exchange, request.headers);
    checkBody(exchange, request.body, members);
  },

  answering(exchange, answer): Answer {
    if (exchange.deviations.length === 0) return answer;
    const found = exchange.deviations.map(({ clause, what }) => `${clause}: ${what}`).join('; ');
    const text = found.replace(/[^\x20-\x7e]/g, '?').slice(0, 2000);
    return { ...answer, headers: { ...answer.headers, 'x-mock-deviations': text } };
  },
};

function checkHeaders(exchange: Exchange, headers: ReceivedRequest['headers']): void {
  const agent = String(headers['user-agent'] ?? '');
  if (!/^gsma-rsp-(lpad|lpae)/.test(agent))
    exchange.bent('6.5.1.1', `User-Agent is '${agent}' instead of gsma-rsp-lpad`);
  const protocol = String(headers['x-admin-protocol'] ?? '');
  if (!/^gsma\/rsp\/v2\.\d+\.\d+$/.test(protocol))
    exchange.bent('6.5.1.1', `X-Admin-Protocol is '${protocol}' instead of gsma/rsp/v2.x.y`);
  const type = String(headers['content-type'] ?? '');
  if (type !== 'application/json')
    exchange.bent('6.5.1.2', `Content-Type is '${type}' instead of application/json`);
}

function checkBody(exchange: Exchange, body: Buffer, members: Readonly<Record<string, Encoding>>): void {
  const given = objectIn(body);
  if (!given) return;
  for (const name of Object.keys(given))
    if (!Object.hasOwn(members, name)) exchange.bent('6.5.2', `member ${name} is not known`);
  for (const [name, encoding] of Object.entries(members)) {
    const value = given[name];
    if (typeof value === 'string') checkMember(exchange, name, value, encoding);
  }
}

/** What is no JSON object is refused anyway. */
function objectIn(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function checkMember(exchange: Exchange, name: string, value: string, encoding: Encoding): void {
  if (encoding === 'transactionId' && value !== value.toUpperCase())
    exchange.bent('6.5.2', `${name} is not in upper-case hex`);
  if (encoding !== 'der' && encoding !== 'octets') return;
  if (/\s/.test(value)) exchange.bent('6.5.2', `${name} has white space in its base64`);
  if (encoding === 'der') checkDer(exchange, name, Buffer.from(value, 'base64'));
}

/** Names the first length that is not in its shortest form. */
function checkDer(exchange: Exchange, name: string, octets: Buffer): void {
  try {
    requireMinimalLengths(octets, 0, octets.length);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    if (error.message.includes('shortest form'))
      exchange.bent('2.2', `${name} is not DER: it ${error.message} (octet ${error.offset})`);
  }
}

function requireMinimalLengths(octets: Buffer, start: number, end: number): void {
  for (let at = start; at < end;) {
    const tlv = readTlv(octets, at, end, 'minimal');
    if (isConstructed(octets, at)) requireMinimalLengths(octets, tlv.valueStart, tlv.end);
    at = tlv.end;
  }
}

const isConstructed = (octets: Buffer, at: number): boolean => (octets[at]! & 0x20) !== 0;
