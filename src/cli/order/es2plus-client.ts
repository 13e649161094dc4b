import { randomUUID } from 'node:crypto';
import { reasons, subjects } from '../../wire/rsp/index.js';
import { CliError } from '../errors.js';
import { fetchFrom } from '../fetch-from.js';
import { callerHeaders } from '../profile/caller-headers.js';
import { tokenText } from '../profile/problem.js';
import type { ServerTarget } from '../profile/connect.js';

/** Functions of ES2+ that an operator calls. */
export type OrderFunction = 'downloadOrder' | 'confirmOrder' | 'cancelOrder' | 'releaseProfile';

export interface OrderAnswer {
  /** The server's JSON, unchanged. */
  readonly text: string;
  readonly iccid?: string;
  readonly eid?: string;
  readonly matchingId?: string;
}

/** The SM-DP+ refused the call. `body` is its JSON, unchanged. */
export class OrderRefused extends CliError {
  constructor(
    message: string,
    readonly body: string,
  ) {
    super(message);
  }
}

/**
 * Calls a function of ES2+ on the operator-facing listener.
 *
 * @throws OrderRefused with the status code and its names; CliError when the answer is not one of ES2+
 */
export async function callEs2Plus(
  { server, ...caller }: ServerTarget,
  name: OrderFunction,
  { operator, callId = randomUUID() }: { readonly operator: string; readonly callId?: string },
  members: object,
): Promise<OrderAnswer> {
  const header = { functionRequesterIdentifier: operator, functionCallIdentifier: callId };
  const url = new URL(`${server}/gsma/rsp2/es2plus/${name}`);
  const { status, text } = await fetchFrom(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
      ...callerHeaders(caller),
    },
    body: JSON.stringify({ header, ...members }),
  });
  if (status === 401) throw new CliError(tokenText(text));
  const answer = status === 200 ? parsed(text) : undefined;
  const outcome = answer?.header?.functionExecutionStatus;
  if (answer && outcome?.status === 'Executed-Success') return { ...answer, text };
  if (outcome?.statusCodeData) throw new OrderRefused(refusalText(name, outcome.statusCodeData), text);
  throw new CliError(
    `${server} answered ${name} with HTTP status ${status}, not with an ES2+ answer.\nName the operator-facing listener of a mock-smdp with --server.`,
  );
}

interface Answer {
  readonly header?: {
    readonly functionExecutionStatus?: { readonly status?: string; readonly statusCodeData?: StatusCodeData };
  };
  readonly iccid?: string;
  readonly eid?: string;
  readonly matchingId?: string;
}

interface StatusCodeData {
  readonly subjectCode: string;
  readonly reasonCode: string;
  readonly message?: string;
}

function parsed(text: string): Answer | undefined {
  try {
    return (JSON.parse(text) as Answer | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function refusalText(name: OrderFunction, { subjectCode, reasonCode, message }: StatusCodeData): string {
  const [subject, reason] = [
    (subjects as Record<string, string>)[subjectCode],
    (reasons as Record<string, string>)[reasonCode],
  ];
  const names = subject && reason ? `: ${subject}, ${reason}` : '';
  return `${name} was refused: ${message ?? 'no reason given'}\n  ${subjectCode} / ${reasonCode}${names}`;
}
