/**
 * Device management: devices that carry out and answer the commands of a management system (MDM), and a small
 * management system.
 */
export { ManagementSystems, type ManagementSystemsOptions } from './systems/index.js';
export { managedDevice, type ManagedDevice, type PolicyRule } from './managed-device.js';
export { SyncMlError, xmlLimits } from './syncml/index.js';
export * from './policy/index.js';
export * from './windows/index.js';
