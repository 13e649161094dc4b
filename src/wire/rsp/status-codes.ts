/** Subject codes of SGP.22 5.2.6.1 that this product uses, with their names. */
export const subjects = {
  '1.1': 'Function requester',
  '1.3.1': 'Protocol format',
  '1.6': 'Function',
  '8': 'eUICC remote provisioning',
  '8.1': 'eUICC',
  '8.1.1': 'EID',
  '8.1.2': 'EUM certificate',
  '8.1.3': 'eUICC certificate',
  '8.2': 'Profile',
  '8.2.1': 'Profile ICCID',
  '8.2.5': 'Profile type',
  '8.2.6': 'Matching ID',
  '8.2.7': 'Confirmation code',
  '8.2.8': 'PPR',
  '8.2.9': 'Profile metadata',
  '8.2.10': 'Bound profile package',
  '8.8': 'SM-DP+',
  '8.8.1': 'SM-DP+ address',
  '8.8.2': 'SM-DP+ security configuration',
  '8.8.3': 'SM-DP+ specification version number',
  '8.8.4': 'SM-DP+ certificate',
  '8.8.5': 'Download order',
  '8.9': 'SM-DS',
  '8.9.1': 'SM-DS address',
  '8.9.2': 'SM-DS security configuration',
  '8.9.3': 'SM-DS specification version number',
  '8.9.4': 'SM-DS certificate',
  '8.9.5': 'Event record',
  '8.10.1': 'TransactionId',
  '8.11.1': 'CI public key',
} as const;

/** Reason codes of SGP.22 5.2.6.2 that this product uses, with their names. */
export const reasons = {
  '1.2': 'Not allowed',
  '2.1': 'Invalid',
  '2.2': 'Mandatory element missing',
  '2.3': 'Conditional element missing',
  '3.1': 'Unsupported',
  '3.3': 'Already in use',
  '3.5': 'Invalid transition',
  '3.7': 'Unavailable',
  '3.8': 'Refused',
  '3.9': 'Unknown',
  '3.10': 'Invalid association',
  '3.11': 'Value has changed',
  '4.2': 'Execution error',
  '4.3': 'Stopped on warning',
  '4.8': 'Insufficient memory',
  '4.10': 'Time to live expired',
  '5.1': 'Inaccessible',
  '6.1': 'Verification failed',
  '6.3': 'Expired',
  '6.4': 'Maximum number of attempts exceeded',
} as const;

export type SubjectCode = keyof typeof subjects;
export type ReasonCode = keyof typeof reasons;

/** All status codes with which the server itself refuses requests, in the order of SGP.22 5.2.6. A fault rule may use other codes. */
export const statusCodes = [
  '1.1/1.2',
  '1.3.1/2.1',
  '1.3.1/2.2',
  '1.3.1/2.3',
  '1.6/4.2',
  '8/4.2',
  '8.1/4.8',
  '8.1/6.1',
  '8.1.1/2.2',
  '8.1.1/3.8',
  '8.1.1/3.10',
  '8.1.2/6.1',
  '8.1.2/6.3',
  '8.1.3/6.1',
  '8.1.3/6.3',
  '8.2/1.2',
  '8.2/3.7',
  '8.2.1/1.2',
  '8.2.1/2.2',
  '8.2.1/3.3',
  '8.2.1/3.5',
  '8.2.1/3.9',
  '8.2.1/3.10',
  '8.2.5/1.2',
  '8.2.5/3.7',
  '8.2.5/3.8',
  '8.2.5/3.9',
  '8.2.5/4.3',
  '8.2.6/2.1',
  '8.2.6/2.2',
  '8.2.6/3.3',
  '8.2.6/3.8',
  '8.2.6/3.10',
  '8.2.7/2.2',
  '8.2.7/3.8',
  '8.2.7/6.4',
  '8.2.8/1.2',
  '8.2.9/3.11',
  '8.2.10/4.2',
  '8.8/3.10',
  '8.8/5.1',
  '8.8.1/3.8',
  '8.8.2/3.1',
  '8.8.3/3.1',
  '8.8.4/3.7',
  '8.8.5/3.8',
  '8.8.5/4.10',
  '8.8.5/6.4',
  '8.9/4.2',
  '8.9/5.1',
  '8.9.1/3.8',
  '8.9.2/3.1',
  '8.9.3/3.1',
  '8.9.4/3.7',
  '8.9.5/3.3',
  '8.9.5/3.9',
  '8.10.1/3.9',
  '8.11.1/3.9',
] as const satisfies readonly `${SubjectCode}/${ReasonCode}`[];

/** A status code as written in texts and tests: `8.2.6/3.8`. */
export type StatusCode = (typeof statusCodes)[number];

/** Removes the blanks of a status code such as `8.2.6 / 3.8`. Other texts are returned unchanged. */
export const withoutBlanks = (status: string): string => status.replace(/^([\d.]+) *\/ *([\d.]+)$/, '$1/$2');

/**
 * A refusal with a status code of SGP.22 5.2.6. On ES9+ and ES2+ it becomes an answer with HTTP status 200 and
 * `functionExecutionStatus.status` Failed. The message is plain ASCII. The journal has the full message. Answers have a short message,
 * because clients copy it into small buffers.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly subjectCode: SubjectCode;
  readonly reasonCode: ReasonCode;

  /**
   * @param status for instance `8.2.6/3.8`
   * @param short replaces a long message in answers
   */
  constructor(
    status: StatusCode,
    message: string,
    private readonly short = message,
  ) {
    super(plain(message));
    [this.subjectCode, this.reasonCode] = status.split('/') as [SubjectCode, ReasonCode];
  }

  get status(): StatusCode {
    return `${this.subjectCode}/${this.reasonCode}` as StatusCode;
  }

  /** The message for answers: up to 120 characters. */
  get shortMessage(): string {
    return shortened(plain(this.short));
  }
}

const plain = (message: string): string => message.replace(/[^\x20-\x7e]/g, '?');

/** In characters. lpac copies messages into a buffer of 129 octets. */
const longestMessage = 120;
const omitted = '...';

/** Shortens a message. From a path of fields such as `a.b.c`, drops the outer fields first, because the last field is the invalid one. */
function shortened(message: string): string {
  if (message.length <= longestMessage) return message;
  const words = message.split(' ');
  const path = words.findIndex((word) => word.split('.').length > 2);
  const fields = words[path]?.split('.') ?? [];
  let shorter = message;
  for (let first = 1; first < fields.length && shorter.length > longestMessage; first++)
    shorter = words.with(path, omitted + fields.slice(first).join('.')).join(' ');
  return shorter.length <= longestMessage
    ? shorter
    : shorter.slice(0, longestMessage - omitted.length) + omitted;
}
