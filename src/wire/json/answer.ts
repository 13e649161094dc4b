import type { Refusal } from '../rsp/index.js';

const success = { functionExecutionStatus: { status: 'Executed-Success' } } as const;

/** The body of a successful answer. */
export const successBody = (members: object): string => JSON.stringify({ header: success, ...members });

/** The body of a refusal, which has only a header. */
export const refusalBody = (refusal: Refusal): string =>
  JSON.stringify({
    header: {
      functionExecutionStatus: {
        status: 'Failed',
        statusCodeData: {
          subjectCode: refusal.subjectCode,
          reasonCode: refusal.reasonCode,
          message: refusal.shortMessage,
        },
      },
    },
  });
