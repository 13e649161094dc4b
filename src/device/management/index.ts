/** Device management: the commands of a management system (MDM), and how devices carry them out and answer. */
export { ManagementDesk, type ManagementDeskOptions } from './desk/index.js';
export { managedDevice, type ManagedDevice, type PolicyRule } from './managed-device.js';
export { SyncMlError, xmlLimits } from './syncml/index.js';
export * from './policy/index.js';
export * from './windows/index.js';
