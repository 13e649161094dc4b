import type { ErrorDetail } from '../windows/index.js';
import {
  activationStatuses,
  assignmentStatuses,
  type ActivationStatus,
  type AssignmentStatus,
  type DeviceRecord,
  type DeviceState,
  type Enrolment,
  type Policy,
} from './records.js';

/** A device in the status of a policy: the columns of the admin centre, and further members. */
export interface PolicyDeviceStatus {
  readonly deviceName: string;
  readonly user: string;
  readonly iccid: string | undefined;
  readonly activationStatus: ActivationStatus;
  /** Milliseconds since 1970. `undefined`: the device has never checked in. */
  readonly lastCheckIn: number | undefined;
  readonly assignmentStatus: AssignmentStatus;
  readonly deviceState: DeviceState;
  readonly enrolment: Enrolment;
  readonly errorDetail: ErrorDetail | undefined;
  readonly error: string | undefined;
}

/** The status of a policy. */
export interface PolicyStatus {
  readonly policy: string;
  /** Number of devices with each status. */
  readonly assignment: Readonly<Record<AssignmentStatus, number>>;
  readonly activation: Readonly<Record<ActivationStatus, number>>;
  /** Sorted by name. */
  readonly devices: readonly PolicyDeviceStatus[];
}

/** @param records the devices to which the policy applies or has applied */
export function statusOf(policy: Policy, records: readonly DeviceRecord[]): PolicyStatus {
  const devices = records
    .map((record) => deviceStatus(policy, record))
    .sort((one, other) => one.deviceName.localeCompare(other.deviceName, 'en', { numeric: true }));
  const relevant = devices.filter(({ assignmentStatus }) => assignmentStatus !== 'Not applicable');
  return {
    policy: policy.name,
    assignment: counts(assignmentStatuses, devices, (device) => device.assignmentStatus),
    activation: counts(activationStatuses, relevant, (device) => device.activationStatus),
    devices,
  };
}

/** A device that has not checked in since the policy changed counts as not synced. */
function deviceStatus({ name, version }: Policy, record: DeviceRecord): PolicyDeviceStatus {
  const deployment = record.deployments.get(name);
  const isSynced = deployment?.version === version;
  return {
    deviceName: record.name,
    user: record.user,
    iccid: deployment?.iccid,
    activationStatus: isSynced ? deployment.activation : 'Device not synced',
    lastCheckIn: record.lastCheckIn,
    assignmentStatus: isSynced ? deployment.assignment : 'Pending',
    deviceState: deployment?.state ?? 'notEvaluated',
    enrolment: record.enrolment,
    errorDetail: deployment?.errorDetail,
    error: deployment?.error,
  };
}

const counts = <S extends string>(
  names: readonly S[],
  devices: readonly PolicyDeviceStatus[],
  of: (device: PolicyDeviceStatus) => S,
): Record<S, number> =>
  Object.fromEntries(
    names.map((name) => [name, devices.filter((each) => of(each) === name).length]),
  ) as Record<S, number>;
