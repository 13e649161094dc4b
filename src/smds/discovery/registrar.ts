import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../base/clock.js';
import { SmdsError } from '../es12/index.js';
import type { EventRegistration } from '../../interfaces/es2plus/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Change, NewRegistration, Registration, Store } from '../../store/index.js';
import type { Smds, SmdsDirectory } from './smds.js';

export interface EventRegistrarOptions {
  readonly store: Store;
  /** The clock that decides when leases end. Do not pass the server's own clock, because testers may freeze it. */
  readonly clock: Clock;
  readonly smdsAt: SmdsDirectory;
}

/** Milliseconds that a lease lasts. Two calls of an SM-DS take less. */
const leaseTime = 30_000;
/** Milliseconds from the registration of an event until its order must be committed. Otherwise the event is deleted. */
const commitTime = 30_000;
/** The longest time to wait for another call about the same event, in milliseconds. */
const patience = 10_000;
/** The time between two checks whether the other call has ended, in milliseconds. */
const interval = 50;

type Lease = NonNullable<Awaited<ReturnType<Store['leaseRegistration']>>>;

/**
 * Registers events while operators wait for their answers. Before the registrar calls the SM-DS, it stores that the event must be
 * deleted. The commit of the order cancels this deletion. So the event is deleted if the order is not committed, or if the process
 * is killed.
 */
export class EventRegistrar implements EventRegistration {
  readonly #options: EventRegistrarOptions;

  constructor(options: EventRegistrarOptions) {
    this.#options = options;
  }

  async register(event: NewRegistration): Promise<readonly Change[]> {
    const { store, smdsAt } = this.#options;
    const lease = await this.#lease(event);
    const { registration, isNew } = lease;
    if (registration.state !== 'deleting') {
      await store.settleRegistration(registration, { knownEid: registration.knownEid });
      if (registration.state !== 'registered' || registration.eid !== event.eid)
        throw new Refusal('8.2.6/3.3', 'MatchingID is already in use');
    } else {
      await this.#call(smdsAt(event.smdsAddress), event, registration, isNew);
    }
    return [{ kind: 'noteRegistered', event }];
  }

  /** Waits until no other call about the event is running. @throws Refusal 8.9/5.1 after ten seconds */
  async #lease(event: NewRegistration): Promise<Lease> {
    const { store } = this.#options;
    const deadline = this.#now + patience;
    for (;;) {
      const lease = await store.leaseRegistration(event, this.#now, this.#now + leaseTime);
      if (lease) return lease;
      if (this.#now > deadline)
        throw new Refusal(
          '8.9/5.1',
          `another call to SM-DS ${event.smdsAddress} about this event is running`,
        );
      await setTimeout(interval);
    }
  }

  async #call(smds: Smds, event: NewRegistration, registration: Registration, isNew: boolean): Promise<void> {
    const { store } = this.#options;
    try {
      // The SM-DS may still have an event of an earlier order with this MatchingID, or of an earlier attempt whose answer was lost.
      if (!isNew) await smds.delete({ ...event, eid: registration.knownEid ?? event.eid });
      const status = await smds.register(event);
      if (status !== undefined)
        throw new SmdsError('8.9/4.2', `SM-DS ${event.smdsAddress} answered with status ${status}`, false);
    } catch (error) {
      const mayBeThere = !isNew || !(error instanceof SmdsError) || error.mayBeDone;
      await store.settleRegistration(registration, mayBeThere ? {} : 'gone');
      throw error;
    }
    const undoAt = this.#now + commitTime;
    await store.settleRegistration(registration, {
      eid: event.eid,
      knownEid: event.eid,
      nextAttemptAt: undoAt,
    });
  }

  get #now(): number {
    return this.#options.clock.now().getTime();
  }
}
