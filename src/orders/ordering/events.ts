import { Refusal } from '../../rsp/index.js';
import type { Change, Profile } from '../../store/index.js';

/** An order of which an SM-DS has to know (SGP.22 3.1.2, 3.6): the device finds it there by its EID. */
export interface DiscoveryEvent {
  readonly profileId: number;
  readonly eid: string;
  /** EventID. */
  readonly matchingId: string;
  /** As the operator gave it: an FQDN, with a port where that is not 443. */
  readonly smdsAddress: string;
}

/** The SM-DP+ as a client of SM-DSs (ES12). */
export interface EventRegistration {
  /**
   * Registers the event: the order waits for it.
   *
   * @returns changes to commit with the order
   * @throws Refusal 8.9/5.1 SM-DS not reachable, 8.9/4.2 it answered with an error
   */
  register(event: DiscoveryEvent): Promise<readonly Change[]>;
  /** Changes that, committed with the end of the order, have the event deleted; the order does not wait for it. */
  deletion(event: DiscoveryEvent): readonly Change[];
}

const host = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:\d{1,5})?$/;

/** @throws Refusal 8.9/5.1 where the address cannot be that of an SM-DS */
export function requireSmdsAddress(address: string): void {
  if (!host.test(address)) throw new Refusal('8.9/5.1', 'SM-DS address is not a host name');
}

/** Changes that go with an order that becomes Released, once its SM-DS knows of it. @throws Refusal 8.9/5.1, 8.9/4.2 */
export async function registered(events: EventRegistration, order: Profile): Promise<readonly Change[]> {
  const event = eventOf(order);
  return event ? events.register(event) : [];
}

/** Reaches no SM-DS at all. */
export const noEventRegistration: EventRegistration = {
  register: async ({ smdsAddress }) => {
    throw new Refusal('8.9/5.1', `SM-DS ${smdsAddress} cannot be reached`);
  },
  deletion: () => [],
};

/** The event of an order; `undefined` where it has none. */
export const eventOf = ({ id, eid, matchingId, smdsAddress }: Profile): DiscoveryEvent | undefined =>
  smdsAddress === null || eid === null || matchingId === null
    ? undefined
    : { profileId: id, eid, matchingId, smdsAddress };
