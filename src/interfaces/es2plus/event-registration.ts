import { addressProblem } from '../../base/address.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Change, NewRegistration, Profile } from '../../store/index.js';
import { eventOf } from '../../orders/index.js';

/** Registers events at SM-DSs (ES12) before the server answers an operator. */
export interface EventRegistration {
  /**
   * Registers the event of an order that is about to be released.
   *
   * @returns changes to commit with the order. If the caller does not commit them, the server later deletes the event at the SM-DS.
   * @throws Refusal 8.9/5.1 if the SM-DS cannot be reached; 8.9/4.2 if the SM-DS answers with an error; 8.2.6/3.3 if another order has
   * an event with this MatchingID at the SM-DS
   */
  register(event: NewRegistration): Promise<readonly Change[]>;
}

/** @throws Refusal 8.9/5.1 if the text is not a valid server address */
export function requireSmdsAddress(address: string): void {
  const problem = addressProblem(address);
  if (problem) throw new Refusal('8.9/5.1', `SM-DS address ${problem.message}`);
}

/**
 * Registers the event of an order that is about to become Released. Does nothing if the order names no SM-DS.
 *
 * @returns changes to commit with the order
 * @throws Refusal 8.9/5.1, 8.9/4.2, 8.2.6/3.3
 */
export async function registerEventOf(order: Profile, events: EventRegistration): Promise<readonly Change[]> {
  const event = eventOf({ ...order, state: 'Released' });
  return event ? events.register(event) : [];
}

/** Refuses every registration, as if no SM-DS could be reached. */
export const noEventRegistration: EventRegistration = {
  register: async ({ smdsAddress }) => {
    throw new Refusal('8.9/5.1', `SM-DS ${smdsAddress} cannot be reached`);
  },
};
