/** The tester's and operator's own API. Who may call it is decided by the server that it is registered with. */
export { ClockChange, ClockView, Duration } from './clock.js';
export type { ControlContext } from './context.js';
export { control } from './control.js';
export { FaultView } from './faults/view.js';
export { ProblemDetails, type FieldProblem } from './http/problem.js';
export { compileValidator } from './http/validation.js';
export { OperatorView } from './operators/view.js';
export { TypeBody, TypeQuery } from './profile-types/change.js';
export { ProfileTypeView } from './profile-types/view.js';
export { CreatedProfile } from './profiles/create.js';
export { ProfileDetails } from './profiles/details.js';
export { ProfileList } from './profiles/list.js';
export { ProfileView } from './profiles/view.js';
export { ResetRequest } from './reset.js';
export { SnapshotView } from './snapshots.js';
export type { Spared, Testing } from './testing.js';
