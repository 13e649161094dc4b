import { request, type IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { reasonOf } from '../../../base/connection-error.js';
import type { Random } from '../../../base/random.js';
import { answeredProtocol } from '../../../wire/json/index.js';
import { Refusal } from '../../../wire/rsp/index.js';
import { connectSmds, type SmdsConnection } from './connect.js';

export interface SmdsClientOptions extends SmdsConnection {
  readonly random: Random;
  /** functionRequesterIdentifier: the OID of this server. */
  readonly requester: string;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** A failed call of ES12: 8.9/5.1 if the SM-DS cannot be reached, 8.9/4.2 if its answer does not conform to ES12. */
export class SmdsError extends Refusal {
  constructor(
    status: '8.9/5.1' | '8.9/4.2',
    message: string,
    /** Whether the SM-DS may have executed the call although it failed. */
    readonly mayBeDone: boolean,
  ) {
    super(status, message);
  }
}

/** The longest accepted answer, in octets. An answer has only a header, which is far shorter. */
const longestAnswer = 64 * 1024;

/**
 * Calls a function of ES12.
 *
 * @param address the address of the SM-DS: `host` or `host:port`
 * @param members the members of the request, without the header
 * @returns the status code of a refusal, such as `8.9.5/3.3`; `undefined` for success
 * @throws SmdsError 8.9/5.1 if the SM-DS cannot be reached, or its certificate is wrong; 8.9/4.2 if its answer does not conform to ES12
 */
export async function callSmds(
  address: string,
  name: 'registerEvent' | 'deleteEvent',
  members: object,
  options: SmdsClientOptions,
): Promise<string | undefined> {
  const { requester, random, timeout } = options;
  const header = {
    functionRequesterIdentifier: requester,
    functionCallIdentifier: random.bytes(16).toString('hex').toUpperCase(),
  };
  const body = JSON.stringify({ header, ...members });
  const expiry = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([expiry, options.signal]) : expiry;
  let socket: TLSSocket | undefined;
  let answer: { status: number; body: string };
  try {
    socket = await connectSmds(address, options, signal);
    answer = await post(address, `/gsma/rsp2/es12/${name}`, body, socket, signal);
  } catch (error) {
    const why = expiry.aborted ? `no answer within ${timeout / 1000} seconds` : reasonOf(error);
    throw new SmdsError('8.9/5.1', `SM-DS ${address}: ${why}`, socket !== undefined);
  }
  if (answer.status !== 200)
    throw new SmdsError('8.9/4.2', `SM-DS ${address} answered with HTTP status ${answer.status}`, true);
  return refusalIn(answer.body, address);
}

function post(
  address: string,
  path: string,
  body: string,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({
      method: 'POST',
      path,
      createConnection: () => socket,
      signal,
      headers: {
        Host: address,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'X-Admin-Protocol': answeredProtocol(undefined),
        Connection: 'close',
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      read(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject);
    });
    sent.end(body);
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestAnswer) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface AnswerHeader {
  readonly header?: {
    readonly functionExecutionStatus?: {
      readonly status?: unknown;
      readonly statusCodeData?: { readonly subjectCode?: unknown; readonly reasonCode?: unknown };
    };
  };
}

function refusalIn(body: string, address: string): string | undefined {
  let answer: AnswerHeader | null;
  try {
    answer = JSON.parse(body) as AnswerHeader | null;
  } catch {
    answer = null;
  }
  const { status, statusCodeData } = answer?.header?.functionExecutionStatus ?? {};
  if (status === 'Executed-Success' || status === 'Executed-WithWarning') return undefined;
  if (status !== 'Failed' && status !== 'Expired')
    throw new SmdsError('8.9/4.2', `SM-DS ${address} answered without a functionExecutionStatus`, true);
  return `${String(statusCodeData?.subjectCode)}/${String(statusCodeData?.reasonCode)}`;
}
