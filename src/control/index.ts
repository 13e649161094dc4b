/** The tester's and operator's own API. Who may call it is decided by the server that it is registered with. */
export type { ControlContext } from './context.js';
export { control } from './control.js';
export { compileValidator } from './http/validation.js';
export { OperatorView } from './operators/view.js';
export { ProfileTypeView } from './profile-types/view.js';
export { ProfileView } from './profiles/view.js';
export { ProfileDetails } from './profiles/details.js';
