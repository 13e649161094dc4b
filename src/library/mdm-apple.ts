import { randomUUID } from 'node:crypto';
import type { AppleSettingsChange, AppleSettingsView } from '../api/index.js';
import {
  dictOf,
  isDict,
  readPlist,
  writePlist,
  type PlistDict,
  type PlistValue,
} from '../device/management/apple/index.js';
import { step, type Asked, type CallApi } from './call.js';

/** An item of an ErrorChain. */
export interface AppleErrorItem {
  /** Number of the error, such as 36003. */
  readonly code: number;
  readonly domain: string;
  readonly description: string;
}

/** The answer of an Apple device to a command. */
export interface AppleAnswer {
  readonly status: 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow' | 'Idle';
  readonly udid: string;
  /** Empty unless the status is Error or CommandFormatError. */
  readonly errorChain: readonly AppleErrorItem[];
  /** For DeviceInformation: the answer to each query that the device knows. */
  readonly queryResponses?: Readonly<Record<string, unknown>>;
}

/**
 * Apple's MDM protocol, for virtual devices with the platform `apple`. Calls throw ControlError 404 for an unknown device, and 409 for a
 * device of another platform.
 */
export interface AppleCalls {
  /**
   * Sends any command as an XML property list. Returns the answer as an XML property list. If the command is empty,
   * the answer is Idle. 400: the text is not a property list.
   */
  plist(device: string, command: string): Promise<string>;
  /** Tells the device to ask a carrier's server for its plan. The status Acknowledged means only that the device will ask the server. */
  refreshCellularPlans(device: string, eSIMServerURL: string): Promise<AppleAnswer>;
  /** @param queries for example `ServiceSubscriptions`, which has the EID */
  deviceInformation(device: string, queries: readonly string[]): Promise<AppleAnswer>;
  eraseDevice(device: string, options?: { readonly preserveDataPlan?: boolean }): Promise<AppleAnswer>;
  settings(device: string): Promise<AppleSettingsView>;
  changeSettings(device: string, change: Asked<AppleSettingsChange>): Promise<AppleSettingsView>;
}

export function appleBy(call: CallApi): AppleCalls {
  const one = (device: string): string => `/devices/${step(device)}`;
  const plist = (device: string, command: string): Promise<string> =>
    call('POST', `${one(device)}/plist`, { body: Buffer.from(command) });
  const send = async (
    device: string,
    requestType: string,
    parameters: Readonly<Record<string, PlistValue>>,
  ): Promise<AppleAnswer> => answerIn(await plist(device, commandPlist(requestType, parameters)));
  return {
    plist,
    refreshCellularPlans: (device, eSIMServerURL) => send(device, 'RefreshCellularPlans', { eSIMServerURL }),
    deviceInformation: (device, queries) => send(device, 'DeviceInformation', { Queries: [...queries] }),
    eraseDevice: (device, { preserveDataPlan = false } = {}) =>
      send(device, 'EraseDevice', { PreserveDataPlan: preserveDataPlan }),
    settings: (device) => call('GET', `${one(device)}/apple/settings`),
    changeSettings: (device, change) => call('PUT', `${one(device)}/apple/settings`, { body: change }),
  };
}

const commandPlist = (requestType: string, parameters: Readonly<Record<string, PlistValue>>): string =>
  writePlist(
    dictOf({
      Command: dictOf({ RequestType: requestType, ...parameters }),
      CommandUUID: randomUUID().toUpperCase(),
    }),
  );

function answerIn(text: string): AppleAnswer {
  const answer = readPlist(text) as PlistDict;
  const queryResponses = answer.get('QueryResponses');
  return {
    status: answer.get('Status') as AppleAnswer['status'],
    udid: answer.get('UDID') as string,
    errorChain: ((answer.get('ErrorChain') ?? []) as readonly PlistDict[]).map((item) => ({
      code: item.get('ErrorCode') as number,
      domain: item.get('ErrorDomain') as string,
      description: item.get('LocalizedDescription') as string,
    })),
    ...(isDict(queryResponses) && {
      queryResponses: plainOf(queryResponses) as Readonly<Record<string, unknown>>,
    }),
  };
}

/** Turns maps into plain objects. */
function plainOf(value: PlistValue): unknown {
  if (isDict(value)) return Object.fromEntries([...value].map(([key, member]) => [key, plainOf(member)]));
  return Array.isArray(value) ? (value as readonly PlistValue[]).map(plainOf) : value;
}
