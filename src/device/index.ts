/**
 * `mock-smdp/device`: a virtual eUICC with an LPA, for tests, demonstrations and load. The eUICC checks everything that
 * a strict card checks. None of its checks shares code with the server.
 *
 * Start with {@link createVirtualDevice}. Use {@link VirtualEuicc} and {@link Es9PlusClient} to send single messages.
 */
export { createVirtualDevice, type VirtualDevice, type VirtualDeviceOptions } from './virtual-device.js';
export { loadEuiccMaterial, loadTrustedCis, MaterialError } from './material.js';
export {
  loadManufacturer,
  loadManufacturers,
  manufactureEuicc,
  mayIssue,
  type Manufacturer,
} from './manufacture.js';
export * from './card/index.js';
export * from './fleet/index.js';
export { euiccFromPem, type EuiccInPem } from './pem-material.js';
export * from './apdu/index.js';
export * from './euicc/index.js';
export * from './lpa/index.js';
export * from './management/index.js';
