import Type, { type Static } from 'typebox';
import { LpaError, type DownloadResult } from '../../device/index.js';
import type { Operation, OperationRecord, OperationStep, Question } from '../../device/park/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { joined, viewFrom, viewOfPart } from '../http/view.js';
import { isoTime, timeOrNull } from '../iso-time.js';
import { operationError } from './error-view.js';
import { OperationResult, resultView } from './result-view.js';

/** The question that a device asks its user, as its screen shows it. */
export const questionView = viewFrom<Question>()(
  (member) => ({
    asks: member(Type.Enum(['consent', 'confirmationCode']), ({ asks }) => asks),
    iccid: member(
      Type.String({ description: 'the ICCID of the offered profile' }),
      ({ profile }) => profile.iccid,
    ),
    profileName: member(Type.String(), ({ profile }) => profile.profileName),
    serviceProviderName: member(Type.String(), ({ profile }) => profile.serviceProviderName),
    confirmationCodeRequired: member(
      Type.Boolean({ description: 'whether the server requires a confirmation code' }),
      ({ profile }) => profile.confirmationCodeRequired,
    ),
  }),
  { description: 'the question that the device asks its user; answer it with POST …/consent' },
);
export const QuestionView = questionView.schema;
export type QuestionView = Static<typeof QuestionView>;

/** A completed step of an operation. */
export const stepView = viewFrom<OperationStep>()(
  (member) => ({
    at: member(Type.String({ description: 'time in ISO 8601' }), ({ at }) => isoTime(at)),
    step: member(Type.String({ description: 'such as authenticateClient' }), ({ step }) => step),
    message: member(Type.String({ description: 'what the device did, in words' }), ({ message }) => message),
  }),
  { description: 'a completed step of an operation' },
);
export const StepView = stepView.schema;
export type StepView = Static<typeof StepView>;

/** An operation of a device, without its steps. */
export const operationSummary = viewFrom<OperationRecord>()(
  (member) => ({
    id: member(Type.Integer({ description: 'number of the operation on this device' }), ({ id }) => id),
    action: member(
      Type.String({
        description:
          'download, discover, enable, disable, delete, nickname, sendNotifications, reset, or an action of device management',
      }),
      ({ action }) => action,
    ),
    request: member(
      Type.Object(
        {},
        { additionalProperties: true, description: 'the parameters of the action, without secrets' },
      ),
      ({ request }) => request,
    ),
    state: member(
      Type.Enum(['running', 'asking', 'done', 'failed'], {
        description:
          'running; asking: the device waits for its user; done: the operation has a result; failed: the operation has an error',
      }),
      ({ state }) => state,
    ),
    startedAt: member(Type.String({ description: 'time in ISO 8601' }), ({ startedAt }) =>
      isoTime(startedAt),
    ),
    endedAt: member(textOrNull('time in ISO 8601; null: not yet'), ({ endedAt }) => timeOrNull(endedAt)),
    transactionId: member(
      textOrNull(
        'transaction of the download, in upper-case hex; null: none yet, or several; GET /api/v1/sessions/{transactionId} shows its messages',
      ),
      transactionIdOf,
    ),
    question: member(orNull(QuestionView), ({ question }) => (question ? questionView.of(question) : null)),
    result: member(orNull(OperationResult), (record) =>
      record.state === 'done' ? resultView(record) : null,
    ),
    error: member(orNull(operationError.schema), ({ error }) => (error ? operationError.of(error) : null)),
  }),
  { description: 'an operation of a device' },
);
function transactionIdOf({ result, error }: OperationRecord): string | null {
  if (error instanceof LpaError) return error.transactionId ?? null;
  const { transactionId } = (result ?? {}) as Partial<DownloadResult>;
  return transactionId ?? null;
}

export const OperationSummary = operationSummary.schema;
export type OperationSummary = Static<typeof OperationSummary>;

/** An operation of a device. */
export const operationView = joined(
  viewOfPart(operationSummary, ({ record }: Operation) => record),
  viewFrom<Operation>()((member) => ({
    steps: member(Type.Array(StepView, { description: 'completed steps, oldest first' }), ({ steps }) =>
      steps.map(stepView.of),
    ),
    droppedSteps: member(
      Type.Integer({
        description:
          'number of steps that were dropped because there were too many; the oldest are dropped first',
      }),
      ({ droppedSteps }) => droppedSteps,
    ),
  })),
  { description: 'an operation of a device, with its steps' },
);
export const OperationView = operationView.schema;
export type OperationView = Static<typeof OperationView>;
