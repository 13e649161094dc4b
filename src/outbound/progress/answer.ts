import type { DeliveryFailure } from '../delivery/index.js';

/** The answer of an operator's endpoint. */
export interface HttpAnswer {
  readonly status: number;
  /** The body, or only its beginning if the body is too long. */
  readonly body: string;
}

/**
 * Decides what an answer means. Any HTTP status 2xx means that the operator received the message (SGP.22 requires 204 without a body). Some
 * operators send a body with a header. If the status in this header is Failed, the operator refuses the message.
 */
export function outcomeOfAnswer({ status, body }: HttpAnswer): 'received' | DeliveryFailure {
  if (status < 200 || status > 299) return { problem: `HTTP status ${status}`, isRefusal: false };
  const code = failedWith(body);
  return code === undefined
    ? 'received'
    : { problem: `the operator answers Failed ${code}`.trim(), isRefusal: true };
}

/** Returns the status code of a header with the status Failed: empty if the header has no code, `undefined` if the status is not Failed. */
function failedWith(body: string): string | undefined {
  const status = member(member(parsed(body), 'header'), 'functionExecutionStatus');
  if (member(status, 'status') !== 'Failed') return undefined;
  const codes = member(status, 'statusCodeData');
  return [member(codes, 'subjectCode'), member(codes, 'reasonCode')]
    .filter((code) => typeof code === 'string' && /^[0-9.]{1,16}$/.test(code))
    .join('/');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
