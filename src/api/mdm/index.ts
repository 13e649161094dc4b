/** Device management of virtual devices, as each system speaks it. */
export { AndroidCommandRequest } from './android/request.js';
export { AndroidSettingsChange, AndroidSettingsView } from './android/settings.js';
export { AndroidDeviceView, AndroidOperation } from './android/view.js';
export { AppleSettingsChange, AppleSettingsView } from './apple/settings.js';
