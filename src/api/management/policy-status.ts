import Type, { type Static } from 'typebox';
import {
  activationStatuses,
  assignmentStatuses,
  enrolments,
  type PolicyDeviceStatus,
  type PolicyStatus as Status,
} from '../../device/management/index.js';
import { cellularStatuses, cellularStatusOf } from '../../pools/index.js';
import type { Store } from '../../store/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { timeOrNull } from '../iso-time.js';
import { stateMember } from './record-view.js';

type CellularStatus = (typeof cellularStatuses)[number];

interface DeviceSource {
  readonly device: PolicyDeviceStatus;
  readonly cellular: CellularStatus;
}

const deviceView = viewFrom<DeviceSource>()((member) => ({
  deviceName: member(Type.String(), ({ device }) => device.deviceName),
  user: member(Type.String(), ({ device }) => device.user),
  iccid: member(textOrNull('ICCID of the profile'), ({ device }) => device.iccid ?? null),
  activationStatus: member(Type.Enum([...activationStatuses]), ({ device }) => device.activationStatus),
  cellularStatus: member(
    Type.Enum([...cellularStatuses], { description: 'state of the profile according to the operator' }),
    ({ cellular }) => cellular,
  ),
  lastCheckIn: member(textOrNull('time of the last contact'), ({ device }) => timeOrNull(device.lastCheckIn)),
  assignmentStatus: member(
    Type.Enum([...assignmentStatuses], {
      description: 'Succeeded: the device has applied the settings, but need not have a profile yet',
    }),
    ({ device }) => device.assignmentStatus,
  ),
  deviceState: member(stateMember, ({ device }) => device.deviceState),
  enrolment: member(Type.Enum([...enrolments]), ({ device }) => device.enrolment),
  errorDetail: member(
    orNull(Type.Integer({ description: 'ErrorDetail of the profile' })),
    ({ device }) => device.errorDetail ?? null,
  ),
  error: member(textOrNull('what is wrong'), ({ device }) => device.error ?? null),
}));

/** A device in the status of a policy. */
export const PolicyDevice = deviceView.schema;
export type PolicyDevice = Static<typeof PolicyDevice>;

const countsOf = <S extends string>(names: readonly S[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Integer()])) as Record<S, Type.TInteger>, {
    description: 'number of devices in each status',
  });

interface StatusSource {
  readonly status: Status;
  readonly cellularOf: (iccid: string | undefined) => CellularStatus;
}

const statusView = viewFrom<StatusSource>()(
  (member) => ({
    policy: member(Type.String(), ({ status }) => status.policy),
    assignment: member(countsOf(assignmentStatuses), ({ status }) => ({ ...status.assignment })),
    activation: member(countsOf(activationStatuses), ({ status }) => ({ ...status.activation })),
    devices: member(Type.Array(deviceView.schema), ({ status, cellularOf }) =>
      status.devices.map((device) => deviceView.of({ device, cellular: cellularOf(device.iccid) })),
    ),
  }),
  { description: 'status of a policy, as an admin centre shows it' },
);

/** Status of a policy. */
export const PolicyStatusView = statusView.schema;
export type PolicyStatusView = Static<typeof PolicyStatusView>;

/** Adds the state of each profile, according to the operator, to the status of a policy. */
export async function policyStatus(status: Status, store: Store): Promise<PolicyStatusView> {
  const known = new Map<string, CellularStatus>();
  for (const { iccid } of status.devices) {
    const [profile] = iccid === undefined ? [] : await store.profilesByIccid(iccid);
    if (profile) known.set(profile.iccid, cellularStatusOf(profile));
  }
  return statusView.of({ status, cellularOf: (iccid) => known.get(iccid ?? '') ?? 'Unknown' });
}

/** The detailed list of the admin centre as CSV. */
export const policyStatusCsv = ({ devices }: PolicyStatusView): string =>
  [
    ['Device name', 'User', 'ICCID', 'Activation status', 'Cellular status', 'Last check-in'],
    ...devices.map((device) => [
      ...[device.deviceName, device.user, device.iccid ?? '', device.activationStatus],
      ...[device.cellularStatus, device.lastCheckIn ?? ''],
    ]),
  ]
    .map((cells) => `${cells.map(inCsv).join()}\n`)
    .join('');

const inCsv = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
