import type { DeliveryFailure } from '../delivery/index.js';

/** The answer of an operator's endpoint. */
export interface HttpAnswer {
  readonly status: number;
  /** The part that was read. */
  readonly body: string;
}

/**
 * Judges an answer. Any status 2xx means received (SGP.22 asks for 204 without a body). Some operators send a body with a
 * header. A header with status Failed means that the operator received the message and refuses it.
 */
export function outcomeOfAnswer({ status, body }: HttpAnswer): 'received' | DeliveryFailure {
  if (status < 200 || status > 299) return { problem: `HTTP status ${status}`, heard: false };
  const code = failedWith(body);
  return code === undefined
    ? 'received'
    : { problem: `the operator answers Failed ${code}`.trim(), heard: true };
}

/** The status code in a header that says Failed, or an empty text if there is none; `undefined` if it does not say Failed. */
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
