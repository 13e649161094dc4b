/** Device management for the devices of a park. */
export { ManagementDesk, type ManagementDeskOptions } from './management-desk.js';
