/** The part of Apple's MDM protocol that concerns cellular plans. */
export { AppleDevice } from './apple-device.js';
export { appleDeviceOf } from './apple-device-of.js';
export {
  dictOf,
  isDict,
  PlistError,
  plistLimits,
  readPlist,
  writePlist,
  type PlistDict,
  type PlistValue,
} from './plist/index.js';
export { cellularStates, defaultAppleSettings, type AppleSettings, type CellularState } from './settings.js';
