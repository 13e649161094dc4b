import { addressProblem } from '../../base/address.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Change, NewRegistration, Profile } from '../../store/index.js';
import { eventOf } from '../discovery.js';

/** The SM-DP+ as a client of SM-DSs (ES12), where an order waits for it. */
export interface EventRegistration {
  /**
   * Registers the event of an order that is about to be released.
   *
   * @returns changes to commit with the order; where they are not, the event is deleted again
   * @throws Refusal 8.9/5.1 SM-DS not reachable, 8.9/4.2 it answered with an error, 8.2.6/3.3 it has an event of another
   * order with this MatchingID
   */
  register(event: NewRegistration): Promise<readonly Change[]>;
}

/** @throws Refusal 8.9/5.1 where the address cannot be that of an SM-DS */
export function requireSmdsAddress(address: string): void {
  const problem = addressProblem(address);
  if (problem) throw new Refusal('8.9/5.1', `SM-DS address ${problem.message}`);
}

/**
 * Changes that go with an order that becomes Released, once its SM-DS knows of it.
 *
 * @throws Refusal 8.9/5.1, 8.9/4.2, 8.2.6/3.3
 */
export async function registered(events: EventRegistration, order: Profile): Promise<readonly Change[]> {
  const event = eventOf({ ...order, state: 'Released' });
  return event ? events.register(event) : [];
}

/** Reaches no SM-DS at all. */
export const noEventRegistration: EventRegistration = {
  register: async ({ smdsAddress }) => {
    throw new Refusal('8.9/5.1', `SM-DS ${smdsAddress} cannot be reached`);
  },
};
