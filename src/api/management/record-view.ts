import Type, { type Static } from 'typebox';
import {
  activationStatuses,
  assignmentStatuses,
  deviceStates,
  enrolments,
  type Deployment,
  type DeviceRecord,
  type DeviceState,
  type DownloadServer,
  type EnterpriseProfile,
  type LoggedDocument,
  type WindowsPc,
} from '../../device/management/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime, timeOrNull } from '../iso-time.js';
import { WindowsSettingsView } from './windows/settings.js';

/** A device of a management system. */
export interface ManagedSource {
  readonly record: DeviceRecord;
  readonly pc: WindowsPc | undefined;
}

export const stateMember = Type.Enum(Object.keys(deviceStates) as DeviceState[], {
  description: 'state of the device in the management API of Intune: notEvaluated (0) to removedByUser (7)',
});

const server = viewFrom<DownloadServer>()((member) => ({
  serverName: member(Type.String(), ({ name }) => name),
  discoveryState: member(
    Type.Integer({ description: '1 Requested, 2 Executing, 3 Completed, 4 Failed' }),
    ({ discoveryState }) => discoveryState,
  ),
  attempts: member(Type.Integer({ description: 'number of attempts' }), ({ attempts }) => attempts),
  iccid: member(textOrNull('ICCID of the profile that the server delivered'), ({ iccid }) => iccid ?? null),
  errorDetail: member(
    Type.Integer({ description: 'ErrorDetail of the last attempt' }),
    ({ errorDetail }) => errorDetail,
  ),
  error: member(textOrNull('error of the last attempt'), ({ error }) => error ?? null),
}));

const profile = viewFrom<EnterpriseProfile>()((member) => ({
  iccid: member(Type.String({ description: 'name of the node' }), ({ iccid }) => iccid),
  serverName: member(textOrNull('SM-DP+'), ({ serverName }) => serverName ?? null),
  matchingId: member(textOrNull('MatchingID'), ({ matchingId }) => matchingId ?? null),
  state: member(
    Type.Integer({ description: '1 Installing, 2 Installed, 3 Deleting, 4 Error' }),
    ({ state }) => state,
  ),
  errorDetail: member(Type.Integer({ description: '0: no error' }), ({ errorDetail }) => errorDetail),
  error: member(textOrNull('error of the last attempt'), ({ error }) => error ?? null),
}));

const windows = viewFrom<WindowsPc>()(
  (member) => ({
    downloadServers: member(Type.Array(server.schema), ({ state }) =>
      [...state.servers.values()].map(server.of),
    ),
    profiles: member(Type.Array(profile.schema), ({ state }) => [...state.profiles.values()].map(profile.of)),
    localUiEnabled: member(Type.Boolean(), ({ state }) => state.localUiEnabled),
    actionStatus: member(
      Type.Integer({ description: 'HRESULT of the last action; 0: done, 1: running' }),
      ({ state }) => state.actionStatus,
    ),
    settings: member(WindowsSettingsView, ({ settings }) => ({
      ...settings,
      retryAfter: [...settings.retryAfter],
      readOnly: [...settings.readOnly],
      credentials: settings.credentials === '' ? '' : '(set)',
    })),
  }),
  { description: 'state of the PC according to its eUICCs CSP' },
);

const deployment = viewFrom<readonly [string, Deployment]>()((member) => ({
  policy: member(Type.String(), ([policy]) => policy),
  assignmentStatus: member(Type.Enum([...assignmentStatuses]), ([, { assignment }]) => assignment),
  activationStatus: member(Type.Enum([...activationStatuses]), ([, { activation }]) => activation),
  deviceState: member(stateMember, ([, { state }]) => state),
  iccid: member(textOrNull('ICCID of the profile'), ([, { iccid }]) => iccid ?? null),
  error: member(textOrNull('what is wrong'), ([, { error }]) => error ?? null),
}));

const document = viewFrom<LoggedDocument>()((member) => ({
  at: member(Type.String({ description: 'time in ISO 8601' }), ({ at }) => isoTime(at)),
  from: member(Type.Enum(['device', 'server']), ({ from }) => from),
  text: member(Type.String({ description: 'SyncML or property list' }), ({ text }) => text),
}));

/** A device as its management system sees it, with the policies that the device has received. */
export const managedView = viewFrom<ManagedSource>()(
  (member) => ({
    device: member(Type.String(), ({ record }) => record.name),
    user: member(Type.String({ description: 'who enrolled the device' }), ({ record }) => record.user),
    enrolment: member(Type.Enum([...enrolments]), ({ record }) => record.enrolment),
    lastCheckIn: member(textOrNull('time of the last contact'), ({ record }) =>
      timeOrNull(record.lastCheckIn),
    ),
    policies: member(Type.Array(deployment.schema), ({ record }) =>
      [...record.deployments].map(deployment.of),
    ),
    windows: member(orNull(windows.schema), ({ pc }) => (pc ? windows.of(pc) : null)),
    documents: member(
      Type.Array(document.schema, {
        description: 'the newest 40 documents between the management system and the device, oldest first',
      }),
      ({ record }) => record.documents.map(document.of),
    ),
  }),
  { description: 'a device under management' },
);

export const ManagedDeviceView = managedView.schema;
export type ManagedDeviceView = Static<typeof ManagedDeviceView>;
