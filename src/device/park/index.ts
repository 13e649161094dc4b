/**
 * A park: a collection of named virtual devices in one process. The caller starts actions of the devices and gives the
 * answers of their users.
 */
export {
  changeProfile,
  discover,
  download,
  reset,
  sendNotifications,
  setNickname,
  type ParkedDownload,
  type ProfileChange,
  type ResetOutcome,
  type ServersToAsk,
} from './actions.js';
export { DevicePark, whereIfElsewhere, type DeviceParkOptions, type DeviceToMake } from './device-park.js';
export type { ConductOfOperation } from './dialog.js';
export { ParkError, ProfileChangeRefused, type ParkProblem } from './errors.js';
export {
  Operation,
  type Action,
  type OperationRecord,
  type OperationState,
  type OperationStep,
} from './operation.js';
export type { ParkEvent } from './park-event.js';
export { ParkedDevice, type DeviceSettings, type Task } from './parked-device.js';
export { platforms, type Platform } from './platform.js';
export {
  consents,
  defaultUser,
  type Consent,
  type Question,
  type UserAnswer,
  type UserConduct,
} from './user.js';
