/** Device management of virtual devices, in the protocols of Windows, Apple and Android. */
export { AndroidCommandRequest } from './android/request.js';
export { AndroidSettingsChange, AndroidSettingsView } from './android/settings.js';
export { AndroidDeviceView, AndroidOperation } from './android/view.js';
export { AppleSettingsChange, AppleSettingsView } from './apple/settings.js';
export { ManagementChange, type ManagementAction } from './devices.js';
export { PolicySetRequest, PolicySetView } from './apply.js';
export { GroupRequest } from './groups.js';
export { AssignmentRequest } from './policies.js';
export { PolicyRequest } from './policy-body.js';
export { PolicyDevice, PolicyStatusView } from './policy-status.js';
export { GroupView, PolicyView } from './policy-view.js';
export { ManagedDeviceView } from './record-view.js';
export { WindowsSettingsChange, WindowsSettingsView } from './windows/settings.js';
export { syncMlType } from './windows/xml-body.js';
