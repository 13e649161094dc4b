/** Device management: what a management system (MDM) tells a device, and what the device does and answers. */
export { ManagementDesk, type ManagementDeskOptions } from './desk/index.js';
export { managedDevice, type ManagedDevice, type PolicyRule } from './managed-device.js';
export { SyncMlError, xmlLimits } from './syncml/index.js';
export * from './policy/index.js';
export * from './windows/index.js';
