import { isSameAddress } from '../../base/address.js';
import type { DeviceAddress } from '../../base/device-address.js';
import { callSmds, type SmdsClientOptions } from '../es12/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { deleteEvent, registerEvent, type SmdsContext } from '../registry/index.js';
import type { NewRegistration } from '../../store/index.js';

export type EventName = Pick<NewRegistration, 'eid' | 'eventId'>;

/**
 * An SM-DS, as this SM-DP+ calls it. Both functions return the status code of a refusal, such as `8.9.5/3.3`, or `undefined` for success.
 * They raise an SmdsError if the SM-DS cannot be reached.
 */
export interface Smds {
  register(event: EventName, signal?: AbortSignal): Promise<string | undefined>;
  delete(event: EventName, signal?: AbortSignal): Promise<string | undefined>;
}

/** Finds the SM-DS at an address. */
export type SmdsDirectory = (address: string) => Smds;

export interface SmdsDirectoryOptions {
  readonly client: SmdsClientOptions;
  /** The address of this SM-DP+, to which the SM-DS sends devices. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** The SM-DS in this process. Absent if the server is not an SM-DS. */
  readonly own?: SmdsContext | undefined;
}

/** Calls other SM-DSs over ES12, and the SM-DS in this process directly. */
export function smdsDirectory(options: SmdsDirectoryOptions): SmdsDirectory {
  return (address) => {
    const { own } = options;
    return own && isSameAddress(own.address, address) ? direct(own, options) : overEs12(address, options);
  };
}

const registrationOf = (
  { eid, eventId }: EventName,
  { smdp }: SmdsDirectoryOptions,
  forwardingIndicator: boolean,
) => ({ eid, eventId, rspServerAddress: smdp.address, forwardingIndicator });

const overEs12 = (address: string, options: SmdsDirectoryOptions): Smds => ({
  register: (event, signal) =>
    callSmds(address, 'registerEvent', registrationOf(event, options, false), { ...options.client, signal }),
  delete: ({ eid, eventId }, signal) =>
    callSmds(address, 'deleteEvent', { eid, eventId }, { ...options.client, signal }),
});

function direct(own: SmdsContext, options: SmdsDirectoryOptions): Smds {
  const { requester } = options.client;
  return {
    register: (event) =>
      refusalOf(registerEvent(own, requester, registrationOf(event, options, own.root !== undefined))),
    delete: (event) => refusalOf(deleteEvent(own, requester, event)),
  };
}

async function refusalOf(call: Promise<void>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}
