import type { FastifyRequest } from 'fastify';
import type { DevicePark, ParkedDevice, Platform } from '../../device/park/index.js';
import { findDevice } from '../devices/lookup.js';
import { Problem } from '../http/problem.js';

/**
 * The device that a call names.
 *
 * @throws Problem 404 if there is no such device, 409 if it has another platform
 */
export function findManaged(park: DevicePark, request: FastifyRequest, platform: Platform): ParkedDevice {
  const device = findDevice(park, request);
  if (device.platform === platform) return device;
  throw new Problem(
    409,
    `device '${device.name}' has the platform ${device.platform}, but this call is for ${platform}; make a device with this platform: POST /devices with "platform": "${platform}"`,
  );
}

/** Makes a value for each device on first use, and keeps the value until the device is deleted. */
export function perDevice<Kept>(make: (device: ParkedDevice) => Kept): (device: ParkedDevice) => Kept {
  const kept = new WeakMap<ParkedDevice, Kept>();
  return (device) => {
    const known = kept.get(device) ?? make(device);
    kept.set(device, known);
    return known;
  };
}
