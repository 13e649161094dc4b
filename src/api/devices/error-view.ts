import Type, { type Static } from 'typebox';
import {
  EuiccRefusal,
  HttpStatusError,
  InstallationFailed,
  LpaError,
  ServerRefusal,
  SessionRefused,
} from '../../device/index.js';
import { ProfileChangeRefused } from '../../device/park/index.js';
import { failureOf } from '../../device/management/words/index.js';
import { viewFrom } from '../http/view.js';
import { DeviceWordsView, whatDevicesSay } from '../journal/device-words-view.js';

const text = (description: string) => Type.Optional(Type.String({ description }));

/** Why an operation of a device failed. */
export const operationError = viewFrom<Error>()(
  (member) => ({
    name: member(
      Type.String({
        description:
          'ServerRefusal, EuiccRefusal, SessionRefused, InstallationFailed, ProfileChangeRefused, TransportError, HttpStatusError, NonconformityError or UsageError',
      }),
      ({ name }) => name,
    ),
    message: member(Type.String({ description: 'what failed and why, in words' }), ({ message }) => message),
    step: member(text('the step of the download that failed, such as authenticateClient'), (error) =>
      error instanceof LpaError ? error.step : undefined,
    ),
    status: member(text('for a ServerRefusal: the status code, such as 8.2.6/3.8'), (error) =>
      error instanceof ServerRefusal ? error.status : undefined,
    ),
    code: member(
      text(
        'for an EuiccRefusal or a ProfileChangeRefused: the result of the ES10 function, such as invalidSignature or profileNotInDisabledState',
      ),
      (error) =>
        error instanceof EuiccRefusal || error instanceof ProfileChangeRefused ? error.code : undefined,
    ),
    reason: member(
      text('for a SessionRefused: the reason why the LPA cancelled, such as pprNotAllowed'),
      (error) => (error instanceof SessionRefused ? error.reason : undefined),
    ),
    bppCommandId: member(
      text('for an InstallationFailed: the command that failed, such as storeMetadata'),
      (error) => (error instanceof InstallationFailed ? error.bppCommandId : undefined),
    ),
    errorReason: member(
      text('for an InstallationFailed: why the installation failed, such as scp03tSecurityError'),
      (error) => (error instanceof InstallationFailed ? error.errorReason : undefined),
    ),
    transactionId: member(
      text(
        'for a failed download: its TransactionId, in upper-case hex; GET /api/v1/sessions/{transactionId} shows its messages',
      ),
      (error) => (error instanceof LpaError ? error.transactionId : undefined),
    ),
    whatDevicesSay: member(Type.Optional(DeviceWordsView), (error) =>
      error instanceof LpaError ? whatDevicesSay(failureOf(error)) : undefined,
    ),
    httpStatus: member(
      Type.Optional(Type.Integer({ description: 'for an HttpStatusError: the HTTP status' })),
      (error) => (error instanceof HttpStatusError ? error.httpStatus : undefined),
    ),
  }),
  { description: 'why an operation failed' },
);
export const OperationError = operationError.schema;
export type OperationError = Static<typeof OperationError>;
