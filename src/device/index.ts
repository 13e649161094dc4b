/**
 * `mock-smdp/device`: a virtual eUICC and LPA that check everything a strict card checks. For tests, demonstrations and
 * load; it shares no check with the server.
 */
export { createVirtualDevice, type VirtualDevice, type VirtualDeviceOptions } from './virtual-device.js';
export { loadEuiccMaterial, loadTrustedCis, MaterialError } from './material.js';
export { loadManufacturer, manufactureEuicc, type Manufacturer } from './manufacture.js';
export { euiccFromPem, type EuiccInPem } from './pem-material.js';
export * from './euicc/index.js';
export * from './lpa/index.js';
