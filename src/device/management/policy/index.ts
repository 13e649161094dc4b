/** Policies of a management system: the instructions for its devices, and the status that it shows. */
export {
  remarksOn,
  subscriptionPoolOf,
  type ActivationCodesContent,
  type DownloadServerContent,
  type PolicyCode,
  type PolicyContent,
  type ServerUrlContent,
} from './content.js';
export type { ManagedEndpoint } from './endpoint.js';
export { PolicyRefused } from './errors.js';
export { allDevices, type Assignment, type DeviceGroup } from './groups.js';
export { ManagementSystem, type ManagementSystemOptions } from './management-system.js';
export {
  activationStatuses,
  assignmentStatuses,
  deviceStates,
  enrolments,
  type ActivationStatus,
  type AssignmentStatus,
  type Deployment,
  type DeviceRecord,
  type DeviceState,
  type Enrolment,
  type LoggedDocument,
  type Policy,
} from './records.js';
export type { PolicyDeviceStatus, PolicyStatus } from './status.js';
