import { canonicalNamespace, namespaceForm, namespaceHeader, namespacePrefix } from '../base/namespace.js';
import { magicProblem } from '../faults/index.js';
import { activationCodeUri } from '../rsp/index.js';
import type { ControlCalls } from '../server/index.js';
import { callsOf } from './call.js';
import { callsBy, type Calls } from './calls.js';
import type { Devices } from './devices.js';
import type { MockSmdp } from './mock-smdp.js';

/** What there is of the whole server, and of each namespace on it. */
export type ScopedCalls = Calls & Pick<MockSmdp, 'device' | 'magic'>;

/**
 * A part of the server that tests have to themselves: profiles, fault rules and journal entries of others are not there, and `reset`
 * leaves them alone. Profile types, operators and the clock are the same for all.
 */
export interface Namespace extends ScopedCalls {
  /** In lower case: `worker-3`. */
  readonly name: string;
  /** The SM-DP+ address, the same for all. */
  readonly address: string;
}

/** What the calls need beside the control API. */
export interface ScopePlace {
  readonly address: string;
  readonly devices: Devices;
}

/** @param prefix what MatchingIDs begin with that are meant in the scope */
export const scopedCalls = (control: ControlCalls, place: ScopePlace, prefix = ''): ScopedCalls => ({
  ...callsBy(callsOf(control.call), control.open),
  device: (options) => place.devices.create(options),
  magic: (code) => activationCodeUri({ smdpAddress: place.address, matchingId: prefix + checked(code) }),
});

/** @throws RangeError for what is no name */
export function namespaceOn(control: ControlCalls, place: ScopePlace, given: string): Namespace {
  const name = canonicalNamespace(given);
  if (name === undefined) throw new RangeError(`'${given}' is no name of a namespace; give ${namespaceForm}`);
  const scoped = withHeaders(control, { [namespaceHeader]: name });
  return {
    ...scopedCalls(scoped, place, namespacePrefix(name)),
    name,
    get address() {
      return place.address;
    },
  };
}

const withHeaders = (
  { call, open }: ControlCalls,
  headers: Readonly<Record<string, string>>,
): ControlCalls => ({
  call: (what) => call({ ...what, headers }),
  open: (what, signal) => open({ ...what, headers }, signal),
});

function checked(matchingId: string): string {
  const problem = magicProblem(matchingId);
  if (problem === undefined) return matchingId;
  throw new RangeError(
    `'${matchingId}' stands for no fault: ${problem}\nThose that do stand in docs/faults.md, and in GET /api/v1/faults/codes.`,
  );
}
