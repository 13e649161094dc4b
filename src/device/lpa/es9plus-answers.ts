import type { IncomingHttpHeaders } from 'node:http';
import { transactionIdFromText } from '../../wire/rsp/index.js';
import { NonconformityError, ServerRefusal, type DownloadStep } from './errors.js';

/** The members in the answers of the ES9+ functions (SGP.22 6.5.2). All are mandatory. `transactionId` is hex; the others are base64. */
const outputs = {
  initiateAuthentication: [
    'transactionId',
    'serverSigned1',
    'serverSignature1',
    'euiccCiPKIdToBeUsed',
    'serverCertificate',
  ],
  authenticateClient: [
    'transactionId',
    'profileMetadata',
    'smdpSigned2',
    'smdpSignature2',
    'smdpCertificate',
  ],
  getBoundProfilePackage: ['transactionId', 'boundProfilePackage'],
  cancelSession: [],
} as const;

/** The ES9+ functions that answer with a JSON object. */
export type Es9PlusFunction = keyof typeof outputs;

/** An answer of an ES9+ function. Its members are decoded to octets. */
export type Es9PlusAnswer<F extends Es9PlusFunction> = Record<(typeof outputs)[F][number], Buffer>;

type Members = Record<string, unknown>;

/**
 * Reads the JSON body of an answer.
 *
 * @param strict whether unknown members and unusual encodings are errors
 * @throws ServerRefusal when the server refused with a status code
 * @throws NonconformityError when the body is not an answer of this function
 */
export function readAnswer<F extends Es9PlusFunction>(
  name: F,
  body: Buffer,
  strict: boolean,
): Es9PlusAnswer<F> {
  const wanted: readonly string[] = outputs[name];
  const members = readMembers(name, body, strict, wanted);
  const entries = wanted.map((member) => [member, octetsOf(name, member, members[member], strict)]);
  return Object.fromEntries(entries) as Es9PlusAnswer<F>;
}

/** The answer of ES11.AuthenticateClient (SGP.22 5.8.2). */
export interface EventAnswer {
  readonly transactionId: Buffer;
  readonly eventEntries: readonly EventEntry[];
}

/** An event. It names a server that has a profile or further events for the eUICC. */
export interface EventEntry {
  /** The MatchingID to send to that server. */
  readonly eventId: string;
  /** `host[:port]`. */
  readonly rspServerAddress: string;
}

/**
 * Reads the JSON body of an answer to ES11.AuthenticateClient.
 *
 * @throws ServerRefusal, NonconformityError as {@link readAnswer}
 */
export function readEventAnswer(body: Buffer, strict: boolean): EventAnswer {
  const step = 'authenticateClient';
  const { transactionId, eventEntries } = readMembers(step, body, strict, ['transactionId', 'eventEntries']);
  if (!Array.isArray(eventEntries))
    throw new NonconformityError(step, "'eventEntries' is missing or not a list");
  return {
    transactionId: octetsOf(step, 'transactionId', transactionId, strict),
    eventEntries: eventEntries.map((entry: unknown) => {
      const { eventId, rspServerAddress } = isObject(entry) ? entry : {};
      if (typeof eventId === 'string' && typeof rspServerAddress === 'string')
        return { eventId, rspServerAddress };
      throw new NonconformityError(step, 'an event entry has no eventId or no rspServerAddress');
    }),
  };
}

function readMembers(step: DownloadStep, body: Buffer, strict: boolean, wanted: readonly string[]): Members {
  const { header, ...members } = jsonObject(step, body);
  checkExecution(step, header, Object.keys(members), strict);
  const unknown = Object.keys(members).find((member) => !wanted.includes(member));
  if (strict && unknown !== undefined) {
    throw new NonconformityError(step, `the answer has a member '${unknown}' that SGP.22 does not have`);
  }
  return members;
}

/** Checks the headers of an answer (SGP.22 6.3).
 *
 * @throws NonconformityError
 */
export function checkHeaders(step: DownloadStep, headers: IncomingHttpHeaders, hasBody: boolean): void {
  const version = headers['x-admin-protocol'];
  if (typeof version !== 'string' || !/^gsma\/rsp\/v2\.\d+\.\d+$/.test(version)) {
    throw new NonconformityError(step, `X-Admin-Protocol is '${String(version)}' instead of gsma/rsp/v2.x.y`);
  }
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (hasBody && mediaType !== 'application/json') {
    throw new NonconformityError(step, `Content-Type is '${mediaType}' instead of application/json`);
  }
}

function jsonObject(step: DownloadStep, body: Buffer): Members {
  if (body.length === 0) throw new NonconformityError(step, 'the answer has an empty body');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new NonconformityError(step, 'the answer is not JSON');
  }
  if (isObject(value)) return value;
  throw new NonconformityError(step, 'the answer is not a JSON object');
}

function checkExecution(
  step: DownloadStep,
  header: unknown,
  others: readonly string[],
  strict: boolean,
): void {
  const status = isObject(header) ? header['functionExecutionStatus'] : undefined;
  if (!isObject(status))
    throw new NonconformityError(step, 'the answer has no header.functionExecutionStatus');
  switch (status['status']) {
    case 'Executed-Success':
    case 'Executed-WithWarning':
      return;
    case 'Failed':
    case 'Expired':
      if (strict && others.length > 0) {
        throw new NonconformityError(
          step,
          `the answer has status Failed, but also the member '${others[0]}'`,
        );
      }
      throw refusal(step, status['statusCodeData']);
    default:
      throw new NonconformityError(
        step,
        `functionExecutionStatus.status is ${JSON.stringify(status['status'])}`,
      );
  }
}

function refusal(step: DownloadStep, data: unknown): ServerRefusal | NonconformityError {
  const { subjectCode, reasonCode, message } = isObject(data) ? data : {};
  const isCode = (code: unknown): code is string => typeof code === 'string' && /^\d+(\.\d+)*$/.test(code);
  if (!isCode(subjectCode) || !isCode(reasonCode)) {
    return new NonconformityError(
      step,
      'the answer has status Failed, but its subjectCode or reasonCode is missing or not a string',
    );
  }
  return new ServerRefusal(step, subjectCode, reasonCode, typeof message === 'string' ? message : undefined);
}

function octetsOf(step: DownloadStep, member: string, value: unknown, strict: boolean): Buffer {
  if (typeof value !== 'string') throw new NonconformityError(step, `'${member}' is missing or not a string`);
  if (member === 'transactionId') {
    const octets = transactionIdFromText(value);
    if (!octets || (strict && value !== value.toUpperCase())) {
      throw new NonconformityError(step, `transactionId '${value}' is not 2 to 32 upper-case hex digits`);
    }
    return octets;
  }
  const octets = Buffer.from(value, 'base64');
  const isBase64 = strict
    ? octets.toString('base64') === value
    : /^[A-Za-z0-9+/\s]+(?:={1,2}\s*)?$/.test(value);
  if (octets.length === 0 || !isBase64) throw new NonconformityError(step, `'${member}' is not base64`);
  return octets;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
