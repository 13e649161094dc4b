import type { DeliveryFailure } from '../delivery/index.js';

/** What an operator's endpoint has answered. */
export interface HttpAnswer {
  readonly status: number;
  /** As far as it was read. */
  readonly body: string;
}

/**
 * What an answer means. Any status 2xx says that the call was received (SGP.22 has 204 and no body). Some operators put a
 * header into a body all the same; where that says Failed, the call has been heard, but not taken.
 */
export function outcomeOfAnswer({ status, body }: HttpAnswer): 'received' | DeliveryFailure {
  if (status < 200 || status > 299) return { problem: `HTTP status ${status}`, heard: false };
  const code = failedWith(body);
  return code === undefined
    ? 'received'
    : { problem: `the operator answers Failed ${code}`.trim(), heard: true };
}

/** The status code in the header of a body, empty where there is none; `undefined` unless the header says Failed. */
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
