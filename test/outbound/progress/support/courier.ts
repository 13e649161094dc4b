import { operatorDefaults } from '../../../../src/orders/index.js';
import type { Courier } from '../../../../src/outbound/delivery/index.js';
import {
  progressCourier,
  type ClientTls,
  type ProgressCourierOptions,
} from '../../../../src/outbound/progress/index.js';
import {
  openStore,
  type Callback,
  type Operator,
  type Profile,
  type Store,
} from '../../../../src/store/index.js';
import { whenDone } from '../../../support/when-done.js';

export const operator = '2.999.1';

const noTls: ClientTls = { cert: '', key: '', ca: [] };

/** What was logged, as `level: text`. */
export class RecordingLog {
  readonly lines: string[] = [];
  info = (_: object, text: string): void => void this.lines.push(`info: ${text}`);
  warn = (_: object, text: string): void => void this.lines.push(`warn: ${text}`);
  error = (_: object, text: string): void => void this.lines.push(`error: ${text}`);
}

/** A courier that works only when it is told to, by a clock that only the test moves. */
export class TestCourier {
  readonly log = new RecordingLog();
  readonly courier: Courier<Callback>;
  now = 1_000_000;

  constructor(
    readonly store: Store,
    options: Partial<ProgressCourierOptions> = {},
  ) {
    const clock = { now: () => new Date(this.now) };
    this.courier = progressCourier({ store, clock, tls: noTls, log: this.log, ...options });
    whenDone(() => this.courier.close(0));
  }

  /** Makes all calls that are due now, and those that become due by that. */
  async deliver(): Promise<void> {
    this.courier.wake();
    await this.courier.idle();
  }

  /** Lets `seconds` pass, then {@link deliver}. */
  async deliverAfter(seconds: number): Promise<void> {
    this.now += seconds * 1000;
    await this.deliver();
  }
}

/** An empty store that is closed after the test, after its couriers. */
export async function newStore(database = ':memory:'): Promise<Store> {
  const store = await openStore(database);
  whenDone(() => store.close());
  return store;
}

export const register = (store: Store, settings: Partial<Operator>): Promise<void> =>
  store.saveOperator({ ...operatorDefaults, identifier: operator, updatedAt: 1, ...settings });

let serial = 0;

/** A profile of the operator. */
export async function makeProfile(store: Store): Promise<Profile> {
  const iccid = `8949449999${String(++serial).padStart(9, '0')}`;
  const profile = { iccid, profileType: 'generic', state: 'Released', createdAt: 1, operator } as const;
  return (await store.createProfiles([profile]))[0]!;
}

/** Queues calls with these notificationPointIds about the profile. */
export async function queue(
  store: Store,
  { id: profileId, iccid }: Profile,
  points: readonly number[],
  of = operator,
): Promise<void> {
  await store.commit(
    points.map((notificationPointId) => ({
      kind: 'queueCallback',
      call: {
        profileId,
        iccid,
        operator: of,
        body: JSON.stringify({ iccid, notificationPointId }),
        queuedAt: 1,
      },
    })),
  );
}

/** What has become of the calls, the oldest first. */
export const outcomes = async (store: Store): Promise<readonly string[]> =>
  (await store.listCallbacks({}, 1000))
    .map(({ attempts, lastError, deliveredAt }) =>
      [deliveredAt === null ? 'waiting' : 'delivered', `after ${attempts}`, lastError]
        .filter(Boolean)
        .join(', '),
    )
    .reverse();
