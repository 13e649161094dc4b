import { canonicalNamespace, namespaceForm, namespaceHeader, namespacePrefix } from '../base/namespace.js';
import type { VirtualDevice } from '../device/index.js';
import { magicProblem } from '../instruments/faults/index.js';
import { activationCodeUri } from '../wire/rsp/index.js';
import type { ControlCall, ControlCalls } from '../server/index.js';
import { callsOf } from './call.js';
import { callsBy, type Calls } from './calls.js';
import type { DeviceOptions } from './devices.js';

/** Calls that the whole server and each namespace have. */
export interface ScopedCalls<Device = VirtualDevice> extends Calls {
  /**
   * Makes a virtual device that trusts this server. Closing the server also closes the device. @throws MaterialError
   */
  readonly device: (options?: DeviceOptions) => Device;
  /**
   * Returns the activation code for a MatchingID that triggers a fault, such as `ERR-8-2-6-3-8`. @throws RangeError if
   * the MatchingID triggers no fault
   */
  readonly magic: (matchingId: string) => string;
}

/**
 * A part of the server for one test or worker. It shows only its own profiles, fault rules and journal entries, and `reset`
 * affects only these. All namespaces share profile types, operators and the clock.
 */
export interface Namespace<Device = VirtualDevice> extends ScopedCalls<Device> {
  /** Name in lower case, such as `worker-3`. */
  readonly name: string;
  /** The SM-DP+ address, which all namespaces share. */
  readonly address: string;
}

/** The objects that the calls need in addition to the control API. */
export interface NamespaceContext<Device> {
  readonly address: string;
  readonly device: (options?: DeviceOptions) => Device;
}

/** Makes the calls of a namespace. @param name the namespace; absent: the whole server */
export function scopedCalls<Device>(
  control: ControlCalls,
  place: NamespaceContext<Device>,
  name?: string,
): ScopedCalls<Device> {
  const { call, open } = name === undefined ? control : inNamespace(control, name);
  const prefix = name === undefined ? '' : namespacePrefix(name);
  return {
    ...callsBy(callsOf(call), open),
    device: place.device,
    magic: (code) => activationCodeUri({ smdpAddress: place.address, matchingId: prefix + checked(code) }),
  };
}

/** Gives access to a namespace. @throws RangeError for an invalid name */
export function namespaceOn<Device>(
  control: ControlCalls,
  place: NamespaceContext<Device>,
  given: string,
): Namespace<Device> {
  const name = namespaceNamed(given);
  return {
    ...scopedCalls(control, place, name),
    name,
    get address() {
      return place.address;
    },
  };
}

/** The name in lower case. @throws RangeError for an invalid name */
export function namespaceNamed(given: string): string {
  const name = canonicalNamespace(given);
  if (name !== undefined) return name;
  throw new RangeError(`'${given}' is not a namespace name; give ${namespaceForm}`);
}

/** Adds the header of a namespace to every call. @param name the namespace, in lower case */
export function inNamespace({ call, open }: ControlCalls, name: string): ControlCalls {
  const named = (what: ControlCall): ControlCall => ({
    ...what,
    headers: { ...what.headers, [namespaceHeader]: name },
  });
  return { call: (what) => call(named(what)), open: (what, signal) => open(named(what), signal) };
}

function checked(matchingId: string): string {
  const problem = magicProblem(matchingId);
  if (problem === undefined) return matchingId;
  throw new RangeError(
    `'${matchingId}' stands for no fault: ${problem}\ndocs/faults.md and GET /api/v1/faults/codes list the MatchingIDs that stand for a fault.`,
  );
}
