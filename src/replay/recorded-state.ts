import { prefixedMatchingId } from '../base/namespace.js';
import {
  fromHex,
  type OrderRecord,
  type RecordedExchange,
  type WaitingEvent,
} from '../api/recording/index.js';
import { downloadMembersOf, isShared } from '../orders/index.js';
import type { Profile, ProfileChanges, RspSession, Store } from '../store/index.js';
import { transactionIdFromText } from '../wire/rsp/index.js';
import { bindingOf, profileOf } from './recorded-order.js';

/** The changes that hide an order from every look-up. */
const outOfSight = { matchingId: null, boundTransactionId: null } as const;

/**
 * Puts the database into the state that it had before an exchange. Between two exchanges, orders may also have been created, changed
 * or removed by hand: this class repeats those changes too.
 */
export class RecordedState {
  /** The id of each profile on the recorded server → its id in this database. */
  readonly #ids = new Map<number, number>();

  constructor(private readonly store: Store) {}

  /** Creates all orders, and hides them. Keeps the sequence of the recorded server, because a server uses the oldest order that matches. */
  async build(exchanges: readonly RecordedExchange[]): Promise<void> {
    const orders = new Map(
      exchanges.flatMap(({ replay }) => ordersOf(replay)).map((order) => [order.id, order]),
    );
    for (const [, order] of [...orders].sort(([one], [other]) => one - other)) {
      if ((await this.#rivalsOf(order)).length === 0) await this.#create(order);
    }
  }

  /** Call this for each exchange, in the order of the file. */
  async set({ replay, function: name, eid, matchingId }: RecordedExchange): Promise<void> {
    const { binding, events, takenTransactionId } = replay;
    const orders = ordersOf(replay);
    if (name === 'authenticateClient' && eid !== undefined) await this.#clearFor(eid, matchingId, orders);
    for (const order of orders) await this.#put(order);
    const profileId = replay.order && this.#ids.get(replay.order.id);
    if (binding && profileId !== undefined) {
      await this.store.commit([{ kind: 'saveBinding', binding: bindingOf(binding, profileId) }]);
    } else if (binding === null && profileId !== undefined) {
      await this.store.commit([{ kind: 'deleteBindings', profileId }]);
    }
    if (replay.order && profileId !== undefined && eid !== undefined)
      await this.#setDownload(profileOf(replay.order), profileId, eid);
    if (events && eid !== undefined) await this.#setEvents(eid, events);
    if (takenTransactionId !== undefined) await this.#take(fromHex(takenTransactionId), replay.arrivedAt);
  }

  /** Removes a session that the recorded server no longer had: the session had expired, or its profile was removed. */
  async forgetSession(transactionId: string, now: number): Promise<void> {
    const octets = transactionIdFromText(transactionId);
    const session = octets && (await this.store.session(octets));
    if (!session) return;
    if (session.expiresAt < now) return this.store.purge(now);
    const profile = session.profileId === null ? undefined : await this.store.profile(session.profileId);
    if (profile) await this.#remove(profile);
  }

  /** Hides orders that a look-up would find in this database but not on the recorded server. */
  async #clearFor(
    eid: string,
    matchingId: string | undefined,
    orders: readonly OrderRecord[],
  ): Promise<void> {
    const meant = new Set(orders.map(({ id }) => this.#ids.get(id)));
    const found =
      matchingId && prefixedMatchingId(matchingId)?.rest !== ''
        ? [(await this.store.profileByMatchingId(matchingId)) ?? []].flat()
        : await this.store.profilesForEid(eid);
    for (const profile of found) if (!meant.has(profile.id)) await this.#update(profile, outOfSight);
  }

  async #put(order: OrderRecord): Promise<void> {
    for (const rival of await this.#rivalsOf(order)) await this.#remove(rival);
    const id = this.#ids.get(order.id);
    const present = id === undefined ? undefined : await this.store.profile(id);
    const wanted = profileOf(order);
    const holder = wanted.matchingId ? await this.store.profileByMatchingId(wanted.matchingId) : undefined;
    if (holder && holder.id !== present?.id) await this.#update(holder, outOfSight);
    await this.#update(present ?? (await this.#create(order)), changesTo(wanted));
  }

  /**
   * Other profiles of the namespace with this ICCID. The recorded server must have removed them before it created this
   * profile.
   */
  async #rivalsOf(order: OrderRecord): Promise<readonly Profile[]> {
    const { iccid, sharedIccid, namespace } = profileOf(order);
    const others = await this.store.profilesByIccid(iccid);
    return others.filter(
      (other) =>
        other.namespace === namespace &&
        other.id !== this.#ids.get(order.id) &&
        !(other.sharedIccid && sharedIccid),
    );
  }

  /** Restores an eUICC's download of a shared order. `recorded` is the order as this eUICC saw it. */
  async #setDownload(recorded: Profile, profileId: number, eid: string): Promise<void> {
    if (!isShared(recorded)) return;
    const before = (await this.store.sharedOrder(profileId, eid))?.download;
    const version = (before?.version ?? 0) + 1;
    const download = {
      profileId,
      eid,
      version,
      updatedAt: recorded.updatedAt,
      ...downloadMembersOf(recorded),
    };
    await this.store.commit([{ kind: 'saveDownload', download }]);
  }

  async #create(order: OrderRecord): Promise<Profile> {
    const [made] = await this.store.createProfiles([{ ...profileOf(order), ...outOfSight }]);
    this.#ids.set(order.id, made!.id);
    return made!;
  }

  async #update({ id, version }: Profile, set: ProfileChanges): Promise<void> {
    await this.store.commit([{ kind: 'updateProfile', id, version, set }]);
  }

  async #remove({ id, version }: Profile): Promise<void> {
    await this.store.commit([{ kind: 'removeProfile', id, version }]);
  }

  async #take(transactionId: Buffer, now: number): Promise<void> {
    if (await this.store.session(transactionId)) return;
    await this.store.commit([
      { kind: 'createSession', session: { ...anySession, transactionId, expiresAt: now } },
    ]);
  }

  async #setEvents(eid: string, events: readonly WaitingEvent[]): Promise<void> {
    for (const { owner, eventId } of await this.store.eventsForEid(eid))
      await this.store.commit([{ kind: 'deleteEvent', owner, eventId }]);
    for (const event of events) await this.store.commit([{ kind: 'registerEvent', event }]);
  }
}

/** A session that only has to exist: none of its values are used. */
const anySession: Omit<RspSession, 'transactionId' | 'expiresAt'> = {
  role: 'smdp',
  state: 'ended',
  result: null,
  createdAt: 0,
  serverAddress: '',
  serverChallenge: Buffer.alloc(16),
  euiccCiKeyId: Buffer.alloc(20),
  serverCiKeyId: Buffer.alloc(20),
  eid: null,
  euiccPublicPoint: null,
  profileId: null,
  ccRequired: false,
  smdpSignature2: null,
  profileMetadata: null,
};

/** All orders of an exchange. The order that the server decided about comes last, because the server read it last. */
const ordersOf = ({ orders = [], order }: RecordedExchange['replay']): readonly OrderRecord[] => [
  ...orders.filter(({ id }) => id !== order?.id),
  ...(order ? [order] : []),
];

/** The members of a profile that never change. */
const fixed = ['id', 'version', 'iccid', 'namespace', 'sharedIccid', 'createdAt'] as const;

function changesTo(profile: Profile): ProfileChanges {
  const changes: Partial<Profile> = { ...profile };
  for (const member of fixed) delete (changes as Record<string, unknown>)[member];
  return changes;
}
