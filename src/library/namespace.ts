import { canonicalNamespace, namespaceForm, namespaceHeader, namespacePrefix } from '../base/namespace.js';
import { activationCodeUri } from '../rsp/index.js';
import type { RunningServer } from '../server/index.js';
import { callsOf, type Call } from './call.js';
import type { Devices } from './devices.js';
import { faultsBy } from './faults.js';
import type { MockSmdp } from './mock-smdp.js';
import { profileTypesBy } from './profile-types.js';
import { profilesBy } from './profiles.js';

/** What there is of the whole server, and of each namespace on it. */
export type ScopedCalls = Pick<
  MockSmdp,
  'address' | 'profiles' | 'profileTypes' | 'faults' | 'call' | 'reset' | 'device' | 'magic'
>;

/**
 * A part of the server that tests have to themselves: profiles and fault rules of others are not there, and `reset` leaves them
 * alone. Profile types, operators and the clock are the same for all.
 */
export interface Namespace extends ScopedCalls {
  /** In lower case: `worker-3`. */
  readonly name: string;
}

/** What the calls need beside the control API. */
export interface ScopePlace {
  readonly address: string;
  readonly devices: Devices;
}

/** @param prefix what MatchingIDs begin with that are meant in the scope */
export const scopedCalls = (call: Call, { address, devices }: ScopePlace, prefix = ''): ScopedCalls => ({
  address,
  call,
  profiles: profilesBy(call),
  profileTypes: profileTypesBy(call),
  faults: faultsBy(call),
  reset: (options = {}) => call('POST', '/reset', { body: options }),
  device: (options) => devices.create(options),
  magic: (code) => activationCodeUri({ smdpAddress: address, matchingId: prefix + checked(code) }),
});

/** @throws RangeError for what is no name */
export function namespaceOn(control: RunningServer['control'], place: ScopePlace, given: string): Namespace {
  const name = canonicalNamespace(given);
  if (name === undefined) throw new RangeError(`'${given}' is no name of a namespace; give ${namespaceForm}`);
  const call = callsOf(control, { [namespaceHeader]: name });
  return { name, ...scopedCalls(call, place, namespacePrefix(name)) };
}

function checked(matchingId: string): string {
  if (/^[-0-9A-Z]+$/.test(matchingId)) return matchingId;
  throw new RangeError(
    `'${matchingId}' stands for no fault; those that do are made of A-Z, 0-9 and -, and stand in docs/faults.md`,
  );
}
