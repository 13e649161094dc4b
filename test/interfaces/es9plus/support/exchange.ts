import { expect } from 'vitest';
import type { TestSmdp } from '../../../support/smdp.js';

/** The functions of ES9+ that answer with JSON. */
export type FunctionName =
  'initiateAuthentication' | 'authenticateClient' | 'getBoundProfilePackage' | 'cancelSession';

export type Members = Readonly<Record<string, unknown>>;

/** An answer of a request-response function. */
export interface Answer {
  /** `Executed-Success`, or the status code of a refusal: `8.2.6/3.8`. */
  readonly status: string;
  /** Output members; none where it was refused. */
  readonly members: Readonly<Record<string, string>>;
}

export const success = 'Executed-Success';

/**
 * Calls a function. Whatever the outcome, the answer has to have the form that strict clients insist on (SGP.22 6.5.1): HTTP
 * status 200, and a refusal with a header, a plain ASCII message and nothing else.
 */
export async function ask(
  { post }: Pick<TestSmdp, 'post'>,
  name: FunctionName,
  body: unknown,
): Promise<Answer> {
  const response = await post(name, body, { 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-admin-protocol')).toBe('gsma/rsp/v2.5.0');
  const { header, ...members } = (await response.json()) as JsonAnswer;
  const { functionExecutionStatus: outcome } = header;
  expect(header).toEqual({ functionExecutionStatus: outcome });
  if (outcome.status === success) {
    expect(outcome).toEqual({ status: success });
    return { status: success, members: members as Answer['members'] };
  }
  const { subjectCode, reasonCode } = outcome.statusCodeData;
  expect(outcome).toEqual({
    status: 'Failed',
    statusCodeData: {
      subjectCode,
      reasonCode,
      message: expect.stringMatching(/^[\x20-\x7e]{1,120}$/) as string,
    },
  });
  expect(members).toEqual({});
  return { status: `${subjectCode}/${reasonCode}`, members: {} };
}

type JsonAnswer = Record<string, unknown> & { header: { functionExecutionStatus: Refused | Executed } };
interface Executed {
  status: typeof success;
}
interface Refused {
  status: 'Failed';
  statusCodeData: { subjectCode: string; reasonCode: string; message: string };
}

/** The octets of a base64 member. */
export const octetsOf = ({ members }: Answer, name: string): Buffer => Buffer.from(members[name]!, 'base64');
