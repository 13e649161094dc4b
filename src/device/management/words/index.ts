/** The messages that devices of each system would show for a failure of the virtual LPA. */
export { connectionFailure } from './connection-failure.js';
export { failureOf } from './failure-of.js';
export { deviceWords, wordLines, type DeviceWords, type Failure } from '../../../wire/device-words/index.js';
