import { Asn1Error, decode, readTlv, type Type } from '../../../wire/asn1/index.js';
import type { Exchange } from '../../exchanges/index.js';
import {
  AuthenticateServerResponse,
  CancelSessionReason,
  CancelSessionResponse,
  PrepareDownloadResponse,
} from '../../../wire/rsp/index.js';

/** Records deviations in a DER object that the server still accepts. */
export function checkDer(exchange: Exchange, name: string, octets: Buffer): void {
  checkLengths(exchange, name, octets);
  if (name === 'authenticateServerResponse') checkImei(exchange, octets);
  if (name === 'prepareDownloadResponse') checkHashCc(exchange, octets);
  if (name === 'cancelSessionResponse') checkReason(exchange, octets);
}

function checkImei(exchange: Exchange, octets: Buffer): void {
  const response = decoded(AuthenticateServerResponse, octets);
  if (!response || !('authenticateResponseOk' in response)) return;
  const { ctxParams1 } = response.authenticateResponseOk.euiccSigned1;
  const last = ctxParams1.ctxParamsForCommonAuthentication.deviceInfo.imei?.at(-1);
  if (last !== undefined && last >> 4 === 0xf)
    exchange.noteDeviation('4.2', 'the last octet of imei has F before the check digit instead of after it');
}

function checkHashCc(exchange: Exchange, octets: Buffer): void {
  const response = decoded(PrepareDownloadResponse, octets);
  if (!response || !('downloadResponseOk' in response)) return;
  const { hashCc } = response.downloadResponseOk.euiccSigned2;
  if (hashCc && hashCc.length !== 32)
    exchange.noteDeviation('5.7.5', `hashCc has ${hashCc.length} octets instead of 32`);
}

const reasons: readonly number[] = Object.values(CancelSessionReason);

function checkReason(exchange: Exchange, octets: Buffer): void {
  const response = decoded(CancelSessionResponse, octets);
  if (!response || !('cancelSessionResponseOk' in response)) return;
  const { reason } = response.cancelSessionResponseOk.euiccCancelSessionSigned;
  if (!reasons.includes(reason)) exchange.noteDeviation('5.6.5', `reason ${reason} is not known`);
}

/** `undefined` for undecodable octets, which the function refuses anyway. */
function decoded<T>(type: Type<T>, octets: Buffer): T | undefined {
  try {
    return decode(type, octets, { lengths: 'definite' });
  } catch (error) {
    if (error instanceof Asn1Error) return undefined;
    throw error;
  }
}

/** Records the first length that is not in its shortest form. */
function checkLengths(exchange: Exchange, name: string, octets: Buffer): void {
  try {
    requireMinimalLengths(octets, 0, octets.length);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    if (error.message.includes('shortest form'))
      exchange.noteDeviation('2.6.7', `${name} is not DER: it ${error.message} (octet ${error.offset})`);
  }
}

function requireMinimalLengths(octets: Buffer, start: number, end: number, depth = 0): void {
  for (let at = start; at < end;) {
    const tlv = readTlv(octets, at, end, 'minimal');
    if (isConstructed(octets, at) && depth < deepest)
      requireMinimalLengths(octets, tlv.valueStart, tlv.end, depth + 1);
    at = tlv.end;
  }
}

/** Maximum depth to check: more than twice the nesting of any SGP.22 message. */
const deepest = 64;

const isConstructed = (octets: Buffer, at: number): boolean => (octets[at]! & 0x20) !== 0;
