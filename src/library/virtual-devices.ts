import type {
  ConsentRequest,
  DeviceChange,
  DeviceDetails,
  DeviceRequest,
  DeviceView,
  DiscoveryRequest,
  DownloadRequest,
  MemoryResetRequest,
  NotificationView,
  OperationView,
  ProfileChangeRequest,
} from '../api/index.js';
import { itemsOf, step, type Asked, type CallApi } from './call.js';

/** Whether a call waits for the operation that it starts. */
export interface WaitOptions {
  /**
   * `true`: waits until the operation has ended or the device asks its user, at most 60 seconds. A number: waits in the same way, at most
   * this many seconds. `false`: does not wait. Default `true`.
   */
  readonly wait?: boolean | number | undefined;
}

/**
 * Virtual devices in the server's process. They exist only in the server's memory. `device` is a name or an EID. If an
 * operation fails, the call does not throw, but returns the operation with `state: 'failed'`. Calls throw ControlError
 * 404 for an unknown device, and 409 if the device is busy with another operation.
 */
export interface DeviceCalls {
  /** Makes a device. 409: the name or the EID is taken, or the server cannot make eUICCs. */
  create(request?: Asked<DeviceRequest>): Promise<DeviceDetails>;
  list(): Promise<readonly DeviceView[]>;
  get(device: string): Promise<DeviceDetails>;
  /** Changes the user's conduct and the configured addresses. */
  change(device: string, change: Asked<DeviceChange>): Promise<DeviceDetails>;
  delete(device: string): Promise<void>;
  /**
   * Downloads a profile.
   *
   * @param what an activation code, or options. Without a code or an address, the device asks its default SM-DP+ or this server
   */
  download(
    device: string,
    what?: string | Asked<DownloadRequest>,
    options?: WaitOptions,
  ): Promise<OperationView>;
  /**
   * Asks the default SM-DP+ and the SM-DSs, and downloads every profile that they offer. 409: the device knows no
   * server to ask.
   */
  discover(device: string, request?: Asked<DiscoveryRequest>, options?: WaitOptions): Promise<OperationView>;
  /**
   * Answers the question that the device asks its user. 409: the device asks nothing, or the answer lacks the
   * confirmation code.
   */
  consent(device: string, answer?: Asked<ConsentRequest>, options?: WaitOptions): Promise<OperationView>;
  enable(device: string, iccid: string, request?: ProfileChangeRequest & WaitOptions): Promise<OperationView>;
  disable(
    device: string,
    iccid: string,
    request?: ProfileChangeRequest & WaitOptions,
  ): Promise<OperationView>;
  /** Deletes a profile on the device. */
  deleteProfile(
    device: string,
    iccid: string,
    request?: ProfileChangeRequest & WaitOptions,
  ): Promise<OperationView>;
  /** Sets the nickname of a profile. An empty nickname removes the present nickname. */
  setNickname(device: string, iccid: string, nickname: string, options?: WaitOptions): Promise<OperationView>;
  /** Lists the notifications that wait on the eUICC. */
  notifications(device: string): Promise<readonly NotificationView[]>;
  sendNotifications(device: string, options?: WaitOptions): Promise<OperationView>;
  /** Resets the eUICC: deletes all its profiles, even enabled profiles, and its default SM-DP+. */
  reset(device: string, request?: Asked<MemoryResetRequest> & WaitOptions): Promise<OperationView>;
  /** Gets an operation. Waits until the operation has ended or the device asks its user. */
  operation(device: string, id: number, options?: WaitOptions): Promise<OperationView>;
}

export function devicesBy(call: CallApi): DeviceCalls {
  const one = (device: string): string => `/devices/${step(device)}`;
  const start = (path: string, body: object, { wait = true }: WaitOptions = {}): Promise<OperationView> =>
    call('POST', path, { body, query: { wait: String(wait) } });
  const profile =
    (change: string): DeviceCalls['enable'] =>
    (device, iccid, { wait, ...body } = {}) =>
      start(`${one(device)}/profiles/${step(iccid)}/${change}`, body, { wait });
  return {
    create: (request = {}) => call('POST', '/devices', { body: request }),
    list: () => itemsOf(call, '/devices'),
    get: (device) => call('GET', one(device)),
    change: (device, change) => call('PUT', one(device), { body: change }),
    delete: (device) => call('DELETE', one(device)),
    download: (device, what = {}, options = {}) =>
      start(`${one(device)}/download`, typeof what === 'string' ? { activationCode: what } : what, options),
    discover: (device, request = {}, options = {}) => start(`${one(device)}/discover`, request, options),
    consent: (device, answer = {}, options = {}) => start(`${one(device)}/consent`, answer, options),
    enable: profile('enable'),
    disable: profile('disable'),
    deleteProfile: profile('delete'),
    setNickname: (device, iccid, nickname, options = {}) =>
      start(`${one(device)}/profiles/${step(iccid)}/nickname`, { nickname }, options),
    notifications: (device) => itemsOf(call, `${one(device)}/notifications`),
    sendNotifications: (device, options = {}) => start(`${one(device)}/notifications`, {}, options),
    reset: (device, { wait, ...parts } = {}) => start(`${one(device)}/reset`, parts, { wait }),
    operation: (device, id, { wait = true } = {}) =>
      call('GET', `${one(device)}/operations/${id}`, { query: { wait: String(wait) } }),
  };
}
