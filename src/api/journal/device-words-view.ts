import Type, { type Static } from 'typebox';
import {
  AndroidError,
  AndroidOperation,
  AndroidResult,
  cellularErrors,
  deviceWords,
  ErrorDetail,
  ESimOperationStatus,
  type Failure,
} from '../../wire/device-words/index.js';
import { orNull } from '../http/or-null.js';

const confirmed = Type.Boolean({
  description:
    'true: a public source confirms these values; false: they are a guess, based on the names of the values',
});

const windows = Type.Object(
  {
    errorDetail: orNull(
      Type.Integer({ description: 'ErrorDetail of the eUICCs CSP; null: the PC has no such node' }),
    ),
    errorDetailName: orNull(Type.Enum(Object.keys(ErrorDetail), { description: 'name of errorDetail' })),
    operationStatus: Type.Integer({ description: 'ESimOperationStatus of the Windows API' }),
    operationStatusName: Type.Enum(Object.keys(ESimOperationStatus)),
    confirmed,
  },
  { description: 'a Windows PC' },
);

const android = Type.Object(
  {
    result: Type.Enum(Object.keys(AndroidResult), { description: 'EMBEDDED_SUBSCRIPTION_RESULT_…' }),
    detailedCode: Type.String({
      description: 'EXTRA_EMBEDDED_SUBSCRIPTION_DETAILED_CODE of EuiccManager, such as 0x0A811038',
    }),
    operationCode: Type.Integer({ description: 'first octet of the detailed code' }),
    operationName: Type.Enum(Object.keys(AndroidOperation)),
    errorCode: Type.Integer({ description: 'the other three octets of the detailed code' }),
    errorName: orNull(
      Type.Enum(Object.keys(AndroidError), {
        description: 'null if `errorCode` is an unknown error, an HTTP status, or a status code of SGP.22',
      }),
    ),
    confirmed,
  },
  { description: 'an Android phone' },
);

const iphone = Type.Object(
  {
    status: Type.Enum(['Acknowledged', 'Error'], { description: 'Status of RefreshCellularPlans' }),
    errorCode: orNull(
      Type.Enum(Object.keys(cellularErrors).map(Number), {
        description: 'ErrorCode in ErrorChain; null: the device stays silent',
      }),
    ),
    confirmed,
  },
  { description: 'an iPhone or iPad that received RefreshCellularPlans' },
);

const lpac = Type.Object(
  {
    message: orNull(
      Type.String({ description: 'payload.message of the last line; null: lpac reports no error' }),
    ),
    data: orNull(Type.String({ description: 'payload.data; null: not known' })),
    confirmed,
  },
  { description: 'lpac' },
);

/** What devices of each system say about a failure. */
export const DeviceWordsView = Type.Object(
  {
    failure: Type.String({ description: 'the failure, in words' }),
    ...{ windows, android, iphone, lpac },
  },
  { description: 'the error that each system reports after this failure' },
);
export type DeviceWordsView = Static<typeof DeviceWordsView>;

/** What devices say about the failure; `undefined` if nothing failed. */
export const whatDevicesSay = (failure: Failure | undefined): DeviceWordsView | undefined =>
  failure && deviceWords(failure);
