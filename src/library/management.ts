import {
  type AssignmentRequest,
  type GroupRequest,
  type GroupView,
  type ManagedDeviceView,
  type ManagementAction,
  type ManagementChange,
  type PolicyRequest,
  type PolicySetRequest,
  type PolicySetView,
  type PolicyStatusView,
  type PolicyView,
} from '../api/index.js';
import { itemsOf, step, type Asked, type CallApi } from './call.js';

/** Options of calls that make devices work. */
export interface WorkOptions {
  /**
   * `true`: waits, at most a minute, until the devices have finished their work, and then lets them check in again. Default: `true`.
   */
  readonly wait?: boolean | undefined;
}

/**
 * Device management of the virtual devices in the server's process. `device` is a name or an EID. Calls throw
 * ControlError 404 for an unknown device, policy or group, and 409 if a device is not enrolled.
 */
export interface ManagementCalls {
  /** Sends a SyncML document to a Windows PC. @returns the answer of the PC. 400: the document is not SyncML */
  syncMl(device: string, document: string): Promise<string>;
  /**
   * Gets a device as its management system sees it. @param options with `wait`, the call waits until the device is
   * idle. Default: `false`
   */
  device(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Changes the user and the settings of a device. */
  change(device: string, change: Asked<ManagementChange>): Promise<ManagedDeviceView>;
  /** Deletes the record of a device. A wiped device can be enrolled again only after this call. */
  forget(device: string): Promise<void>;
  /** Lets a device check in. */
  checkIn(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Enrols a device again. 409: the device was wiped, and its old record still exists. */
  enrol(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Lets the management system end the management of a device. */
  retire(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Ends the management of a device, as if its user had ended it. */
  unenrol(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Lets the management system wipe a device. This ends the management. */
  wipe(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  /** Resets the eUICC of a PC. The policies of the PC stay. */
  resetEuicc(device: string, options?: WorkOptions): Promise<ManagedDeviceView>;
  groups(): Promise<readonly GroupView[]>;
  group(name: string): Promise<GroupView>;
  setGroup(name: string, group: Asked<GroupRequest>): Promise<GroupView>;
  deleteGroup(name: string): Promise<void>;
  policies(): Promise<readonly PolicyView[]>;
  policy(name: string): Promise<PolicyView>;
  /**
   * Makes or changes a policy. 409 "The request is invalid": a policy already has a list of activation codes of this
   * provider.
   */
  setPolicy(name: string, policy: Asked<PolicyRequest>): Promise<PolicyView>;
  /**
   * Makes or changes groups and policies together. If the server refuses a group or policy, it changes nothing.
   * `errors` of the ControlError then names the wrong member, such as `policies.esim.downloadServer.autoEnable`.
   */
  apply(set: Asked<PolicySetRequest>): Promise<PolicySetView>;
  /** Changes the groups of a policy. */
  assign(name: string, assignment: Asked<AssignmentRequest>): Promise<PolicyView>;
  /** Removes a policy. Profiles stay on the devices. */
  deletePolicy(name: string): Promise<void>;
  /** Gets the status of a policy, as an admin centre shows it. */
  status(name: string): Promise<PolicyStatusView>;
  /** Gets the devices in the status of a policy as CSV. */
  statusList(name: string): Promise<string>;
  /** Lets all devices of a policy check in. */
  sync(name: string, options?: WorkOptions): Promise<PolicyStatusView>;
}

export function managementBy(call: CallApi): ManagementCalls {
  const managed = (device: string): string => `/devices/${step(device)}/management`;
  const policy = (name: string): string => `/policies/${step(name)}`;
  const group = (name: string): string => `/device-groups/${step(name)}`;
  const act =
    (action: ManagementAction) =>
    (device: string, { wait = true }: WorkOptions = {}): Promise<ManagedDeviceView> =>
      call('POST', `${managed(device)}/${action}`, { query: { wait }, body: {} });
  return {
    syncMl: (device, document) =>
      call('POST', `/devices/${step(device)}/syncml`, { body: Buffer.from(document) }),
    device: (device, { wait = false } = {}) => call('GET', managed(device), { query: { wait } }),
    change: (device, change) => call('PUT', managed(device), { body: change }),
    forget: (device) => call('DELETE', managed(device)),
    checkIn: act('check-in'),
    enrol: act('enrol'),
    retire: act('retire'),
    unenrol: act('unenrol'),
    wipe: act('wipe'),
    resetEuicc: act('reset-euicc'),
    groups: () => itemsOf(call, '/device-groups'),
    group: (name) => call('GET', group(name)),
    setGroup: (name, members) => call('PUT', group(name), { body: members }),
    deleteGroup: (name) => call('DELETE', group(name)),
    policies: () => itemsOf(call, '/policies'),
    policy: (name) => call('GET', policy(name)),
    setPolicy: (name, request) => call('PUT', policy(name), { body: request }),
    apply: (set) => call('POST', '/policies', { body: set }),
    assign: (name, assignment) => call('POST', `${policy(name)}/assign`, { body: assignment }),
    deletePolicy: (name) => call('DELETE', policy(name)),
    status: (name) => call('GET', `${policy(name)}/status`, { query: { format: 'json' } }),
    statusList: (name) => call('GET', `${policy(name)}/status`, { query: { format: 'csv' } }),
    sync: (name, { wait = true } = {}) =>
      call('POST', `${policy(name)}/check-in`, { query: { wait }, body: {} }),
  };
}
