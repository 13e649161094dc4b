/** Device management for the devices of a park. */
export { ManagementSystems, type ManagementSystemsOptions } from './management-systems.js';
