import Type, { type Static } from 'typebox';
import {
  commandErrorCodes,
  deviceInfoStatuses,
  esimStatuses,
  type AndroidDevice,
  type IssuedCommand,
} from '../../../device/management/android/index.js';
import type { ParkedDevice } from '../../../device/park/index.js';
import { orNull } from '../../http/or-null.js';
import { viewFrom } from '../../http/view.js';
import { DeviceWordsView } from '../../journal/device-words-view.js';
import { isoTime } from '../../iso-time.js';

const digits = (description: string) => Type.String({ description: `${description}, in digits` });

const InternalErrorDetails = Type.Object(
  {
    errorCode: digits(
      'the last three octets of the detailed code: an error code of EuiccManager, a status code of SGP.22 or an HTTP status',
    ),
    errorCodeDetail: Type.String({ description: 'name of errorCode, or ERROR_CODE_DETAIL_UNSPECIFIED' }),
    operationCode: digits('the first octet of the detailed code'),
    operationCodeDetail: Type.String({
      description: 'name of operationCode, such as OPERATION_SMDX_SUBJECT_REASON_CODE',
    }),
  },
  { description: 'present if the status is INTERNAL_ERROR: details of the error' },
);

const EsimStatus = Type.Object(
  {
    status: Type.Enum([...esimStatuses]),
    esimInfo: Type.Optional(
      Type.Object(
        { iccId: Type.String() },
        { description: 'present if the status is SUCCESS: the eSIM that was added or removed' },
      ),
    ),
    internalErrorDetails: Type.Optional(InternalErrorDetails),
  },
  { description: 'status of an ADD_ESIM or REMOVE_ESIM' },
);

const DeviceInfoStatus = Type.Object(
  {
    status: Type.Enum([...deviceInfoStatuses]),
    eidInfo: Type.Optional(
      Type.Object(
        { eids: Type.Array(Type.Object({ eid: Type.String() })) },
        { description: 'present if the status is SUCCEEDED: the EIDs' },
      ),
    ),
  },
  { description: 'status of a REQUEST_DEVICE_INFO' },
);

const commandType = 'type.googleapis.com/google.android.devicemanagement.v1.Command';

const Metadata = Type.Object(
  {
    '@type': Type.String(),
    type: Type.String(),
    createTime: Type.String(),
    errorCode: Type.Optional(
      Type.Enum([...commandErrorCodes], { description: 'why the device did not carry out the command' }),
    ),
    esimStatus: Type.Optional(EsimStatus),
    requestDeviceInfoStatus: Type.Optional(DeviceInfoStatus),
  },
  { description: 'the command and its status' },
);

interface IssuedTo {
  readonly device: ParkedDevice;
  readonly issued: IssuedCommand;
}

/** A command as an Operation of the Android Management API. Clients poll this operation until it is done. */
export const androidOperation = viewFrom<IssuedTo>()(
  (member) => ({
    name: member(
      Type.String({ description: 'devices/{device}/operations/{operation}' }),
      ({ device, issued }) => `devices/${device.name}/operations/${issued.id}`,
    ),
    metadata: member(Metadata, ({ issued }) => ({
      '@type': commandType,
      type: issued.command.type,
      createTime: isoTime(issued.createdAt),
      ...(issued.status as Partial<Static<typeof Metadata>>),
    })),
    done: member(
      Type.Boolean({ description: 'whether the command has ended, successfully or not' }),
      ({ issued }) => issued.isDone,
    ),
    euiccManager: member(
      orNull(
        Type.Object(DeviceWordsView.properties.android.properties, {
          description: 'an addition of mock-smdp: the error of EuiccManager on the device; null: no error',
        }),
      ),
      ({ issued }) => (issued.euiccError ? { ...issued.euiccError } : null),
    ),
  }),
  { description: 'a command of the Android Management API, and its status' },
);
export const AndroidOperation = androidOperation.schema;
export type AndroidOperation = Static<typeof AndroidOperation>;

interface Managed {
  readonly parked: ParkedDevice;
  readonly device: AndroidDevice;
}

/** What the Android Management API shows of a device. */
export const androidDevice = viewFrom<Managed>()(
  (member) => ({
    name: member(Type.String({ description: 'devices/{device}' }), ({ parked }) => `devices/${parked.name}`),
    ownership: member(Type.Enum(['COMPANY_OWNED', 'PERSONALLY_OWNED']), ({ device }) =>
      device.settings.ownership === 'company' ? 'COMPANY_OWNED' : 'PERSONALLY_OWNED',
    ),
    androidVersion: member(
      Type.Integer({ description: 'major version of Android' }),
      ({ device }) => device.settings.androidVersion,
    ),
    hardwareInfo: member(
      Type.Object({
        euiccChipInfo: Type.Array(Type.Object({ eid: Type.String() }), {
          description: 'only for company-owned devices, from Android 13',
        }),
      }),
      ({ device }) => ({ euiccChipInfo: device.visibleEids.map((eid) => ({ eid })) }),
    ),
    managedEsims: member(
      Type.Array(Type.Object({ iccId: Type.String() }), { description: 'eSIMs that ADD_ESIM added' }),
      ({ device }) => device.managedIccids.map((iccId) => ({ iccId })),
    ),
  }),
  { description: 'an Android device as its management system sees it' },
);
export const AndroidDeviceView = androidDevice.schema;
export type AndroidDeviceView = Static<typeof AndroidDeviceView>;
