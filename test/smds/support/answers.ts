import { expect } from 'vitest';
import type { Reply } from './smds.js';

export const success = 'Executed-Success';

/** An answer of a request-response function. */
export interface Answer {
  /** `Executed-Success`, or the status code of a refusal: `8.9.5/3.9`. */
  readonly status: string;
  readonly members: Readonly<Record<string, unknown>>;
}

interface Header {
  readonly functionExecutionStatus: {
    readonly status: string;
    readonly statusCodeData?: { readonly subjectCode: string; readonly reasonCode: string };
  };
}

/** What a reply says; whatever the outcome, it has to have the form of SGP.22 6.5.1. */
export function answerOf({ status, headers, body }: Reply): Answer {
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'x-admin-protocol': 'gsma/rsp/v2.5.0',
  });
  const { header, ...members } = JSON.parse(body) as { header: Header };
  const { functionExecutionStatus: outcome } = header;
  if (outcome.status === success) return { status: success, members };
  expect(outcome.status).toBe('Failed');
  expect(members).toEqual({});
  return { status: `${outcome.statusCodeData?.subjectCode}/${outcome.statusCodeData?.reasonCode}`, members };
}
