/** A server for integration suites, with typed calls for what the control API does. */
export type { Call, CallOptions, Query } from './call.js';
export type { ClockCalls } from './clock.js';
export type { DeviceOptions } from './devices.js';
export { ControlError } from './errors.js';
export type { FaultCalls } from './faults.js';
export { smdpFixture } from './fixture.js';
export type { MockSmdp } from './mock-smdp.js';
export type { MockSmdpOptions } from './options.js';
export type { Namespace } from './namespace.js';
export type { ProfileTypeCalls } from './profile-types.js';
export type { ListPart, Profiles } from './profiles.js';
export type { Snapshots } from './snapshots.js';
export { startMockSmdp } from './start.js';
