import { canonicalNamespace, namespaceForm, namespaceHeader, namespacePrefix } from '../base/namespace.js';
import type { VirtualDevice } from '../device/index.js';
import { magicProblem } from '../instruments/faults/index.js';
import { activationCodeUri } from '../wire/rsp/index.js';
import type { ControlCall, ControlCalls } from '../server/index.js';
import { callsOf } from './call.js';
import { callsBy, type Calls } from './calls.js';
import type { DeviceOptions } from './devices.js';

/** What there is of the whole server, and of each namespace on it. */
export interface ScopedCalls<Device = VirtualDevice> extends Calls {
  /** A virtual device that trusts this server; it is closed with it. @throws MaterialError */
  readonly device: (options?: DeviceOptions) => Device;
  /** The activation code of a MatchingID that stands for a fault, `ERR-8-2-6-3-8`. @throws RangeError for what stands for none */
  readonly magic: (matchingId: string) => string;
}

/**
 * A part of the server that tests have to themselves: profiles, fault rules and journal entries of others are not there, and `reset`
 * leaves them alone. Profile types, operators and the clock are the same for all.
 */
export interface Namespace<Device = VirtualDevice> extends ScopedCalls<Device> {
  /** In lower case: `worker-3`. */
  readonly name: string;
  /** The SM-DP+ address, the same for all. */
  readonly address: string;
}

/** What the calls need beside the control API. */
export interface NamespaceContext<Device> {
  readonly address: string;
  readonly device: (options?: DeviceOptions) => Device;
}

/** @param name of a namespace; absent: the whole server */
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

/** @throws RangeError for what is no name */
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

/** The name in lower case. @throws RangeError for what is none */
export function namespaceNamed(given: string): string {
  const name = canonicalNamespace(given);
  if (name !== undefined) return name;
  throw new RangeError(`'${given}' is no name of a namespace; give ${namespaceForm}`);
}

/** The same calls, in a namespace. @param name in lower case */
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
    `'${matchingId}' stands for no fault: ${problem}\nThose that do stand in docs/faults.md, and in GET /api/v1/faults/codes.`,
  );
}
