import type { ParkedDevice } from '../../park/index.js';
import { AppleDevice } from './apple-device.js';

const known = new WeakMap<ParkedDevice, AppleDevice>();

/** The management client of a parked device. Each device has exactly one. */
export function appleDeviceOf(parked: ParkedDevice): AppleDevice {
  const found = known.get(parked) ?? new AppleDevice(parked);
  known.set(parked, found);
  return found;
}
