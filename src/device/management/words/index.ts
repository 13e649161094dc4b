/** What devices of other systems would say where the virtual LPA fails. */
export { connectionFailure } from './connection-failure.js';
export { failureOf } from './failure-of.js';
export { deviceWords, wordLines, type DeviceWords, type Failure } from '../../../wire/device-words/index.js';
