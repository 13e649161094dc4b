import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../base/clock.js';
import { SmdsError } from '../es12/index.js';
import type { EventRegistration } from '../../interfaces/es2plus/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Change, NewRegistration, Registration, Store } from '../../store/index.js';
import type { Smds, SmdsDirectory } from './smds.js';

export interface EventRegistrarOptions {
  readonly store: Store;
  /** Decides when leases end. Not the server's own clock, which testers may freeze. */
  readonly clock: Clock;
  readonly smdsAt: SmdsDirectory;
}

/** Milliseconds, longer than two calls of an SM-DS take. */
const leaseTime = 30_000;
/** Milliseconds from the registration of an event to the commit of its order. */
const commitTime = 30_000;
/** Milliseconds to wait for another call about the same event, and between looks whether it has ended. */
const patience = 10_000;
const interval = 50;

type Lease = NonNullable<Awaited<ReturnType<Store['leaseRegistration']>>>;

/**
 * Registers events while operators wait for the answer. Before it calls the SM-DS, it stores that the event has to be deleted.
 * So the event is deleted again if the order is not released, or if the process is killed.
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
        throw new Refusal('8.2.6/3.3', 'MatchingID is in use already');
    } else {
      await this.#call(smdsAt(event.smdsAddress), event, registration, isNew);
    }
    return [{ kind: 'noteRegistered', event }];
  }

  /** Waits until no other call about the event is under way. @throws Refusal 8.9/5.1 after ten seconds */
  async #lease(event: NewRegistration): Promise<Lease> {
    const { store } = this.#options;
    const deadline = this.#now + patience;
    for (;;) {
      const lease = await store.leaseRegistration(event, this.#now, this.#now + leaseTime);
      if (lease) return lease;
      if (this.#now > deadline)
        throw new Refusal('8.9/5.1', `SM-DS ${event.smdsAddress} is busy with this event`);
      await setTimeout(interval);
    }
  }

  async #call(smds: Smds, event: NewRegistration, registration: Registration, isNew: boolean): Promise<void> {
    const { store } = this.#options;
    try {
      // An earlier attempt whose answer was lost, or an earlier order with this MatchingID, may have left an event there.
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
