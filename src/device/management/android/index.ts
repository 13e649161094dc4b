/** The eSIM commands of the Android Management API. */
export { AndroidDevice } from './android-device.js';
export {
  commandErrorCodes,
  deviceInfoStatuses,
  esimStatuses,
  wipeDataFlags,
  type AndroidCommand,
  type CommandStatus,
} from './command.js';
export type { IssuedCommand } from './issued-command.js';
export { defaultAndroidSettings, type AndroidSettings } from './settings.js';
