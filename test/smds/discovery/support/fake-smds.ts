import type { Courier } from '../../../../src/outbound/delivery/index.js';
import { eventCourier, EventRegistrar, type Smds } from '../../../../src/smds/discovery/index.js';
import { SmdsError } from '../../../../src/smds/es12/index.js';
import {
  openStore,
  type NewRegistration,
  type Registration,
  type Store,
} from '../../../../src/store/index.js';
import { RecordingLog } from '../../../outbound/progress/support/courier.js';
import { whenDone } from '../../../support/when-done.js';

/** What an SM-DS does with a call: takes it, cannot be reached, takes it and its answer is lost, or refuses. */
export type Conduct = 'takes' | 'unreachable' | 'answerLost' | { readonly status: string };

/** An SM-DS in memory that keeps to SGP.22 5.9: one event under an EventID, deleted only for its EID. */
export class FakeSmds implements Smds {
  /** EID by EventID. */
  readonly events = new Map<string, string>();
  readonly calls: string[] = [];
  conduct: Conduct = 'takes';
  /** Called while a call is under way. */
  meanwhile: (() => Promise<void>) | undefined;

  register = ({ eid, eventId }: { eid: string; eventId: string }): Promise<string | undefined> =>
    this.#call(`register ${eventId}`, () => {
      if (this.events.has(eventId)) return '8.9.5/3.3';
      this.events.set(eventId, eid);
      return undefined;
    });

  delete = ({ eid, eventId }: { eid: string; eventId: string }): Promise<string | undefined> =>
    this.#call(`delete ${eventId}`, () => {
      if (this.events.get(eventId) !== eid) return '8.9.5/3.9';
      this.events.delete(eventId);
      return undefined;
    });

  async #call(name: string, act: () => string | undefined): Promise<string | undefined> {
    this.calls.push(name);
    const { conduct, meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    if (conduct === 'unreachable') throw new SmdsError('8.9/5.1', 'SM-DS is away', false);
    if (typeof conduct === 'object') return conduct.status;
    const status = act();
    if (conduct === 'answerLost') throw new SmdsError('8.9/5.1', 'SM-DS does not answer', true);
    return status;
  }
}

export const smdsAddress = 'smds.example.com';
export const eid = '89049032000000000000000000000001';
export const event = (more: Partial<NewRegistration> = {}): NewRegistration => ({
  ...{ smdsAddress, eventId: 'A', eid, expiresAt: null },
  ...more,
});

/** A store with an SM-DS in memory, and what tells it of orders by a clock that only the test moves. */
export class TestEvents {
  readonly smds = new FakeSmds();
  readonly log = new RecordingLog();
  readonly courier: Courier<Registration>;
  readonly registrar: EventRegistrar;
  now = 1_000_000;
  /** The server's idea of now, by which orders expire. */
  orderTime = 5_000_000;

  private constructor(readonly store: Store) {
    const clock = { now: () => new Date(this.now) };
    const orderClock = { now: () => new Date(this.orderTime) };
    const smdsAt = () => this.smds;
    this.courier = eventCourier({ store, clock, orderClock, smdsAt, log: this.log });
    this.registrar = new EventRegistrar({ store, clock, smdsAt });
  }

  static async open(): Promise<TestEvents> {
    const events = new TestEvents(await openStore(':memory:'));
    whenDone(() => events.store.close());
    whenDone(() => events.courier.close(0));
    return events;
  }

  commit(kind: 'queueRegistration' | 'queueDeletion' | 'noteRegistered', of = event()): Promise<boolean> {
    return this.store.commit([{ kind, event: of }]);
  }

  /** Makes all calls that are due `seconds` from now. */
  async deliver(seconds = 0): Promise<void> {
    this.now += seconds * 1000;
    this.courier.wake();
    await this.courier.idle();
  }

  /** `state, after n attempts, error`; `undefined` where nothing is kept. */
  async kept(): Promise<string | undefined> {
    const registration = await this.store.registration(event());
    if (!registration) return undefined;
    const { state, attempts, lastError } = registration;
    return [state, attempts > 0 && `after ${attempts}`, lastError].filter(Boolean).join(', ');
  }
}
