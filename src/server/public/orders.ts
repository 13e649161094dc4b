import { createHash } from 'node:crypto';
import type { ControlContext } from '../../api/index.js';
import { activationCodeOf, prepareProfile } from '../../orders/index.js';
import type { Profile, ProfileState, Store } from '../../store/index.js';
import { limits } from './limits.js';

/** A code that a visitor gets. */
export interface MadeCode {
  readonly matchingId: string;
  readonly activationCode: string;
  readonly iccid: string;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

/** A visitor, or the server, has too many orders. The message is for the visitor. */
export class QuotaError extends Error {
  override readonly name = 'QuotaError';
}

export interface Visitor {
  /** Address, or network: see `networkOf`. */
  readonly network: string;
  readonly eid: string;
  readonly confirmationCode?: string | undefined;
}

type Context = Pick<ControlContext, 'store' | 'profileTypes' | 'clock' | 'random' | 'pki' | 'smdp'>;

const open: readonly ProfileState[] = ['Allocated', 'Linked', 'Confirmed', 'Released', 'Downloaded'];

/** Makes orders for visitors, within the quotas. */
export class PublicOrders {
  #last: Promise<unknown> = Promise.resolve();

  /** @param validity milliseconds until an order expires */
  constructor(
    private readonly context: Context,
    readonly validity: number,
  ) {}

  /** Makes one order at a time, so that simultaneous requests cannot exceed a quota. @throws QuotaError, ProfileRequestError */
  make(visitor: Visitor): Promise<MadeCode> {
    const made = this.#last.then(() => this.#make(visitor));
    this.#last = made.catch(() => undefined);
    return made;
  }

  async #make({ network, eid, confirmationCode }: Visitor): Promise<MadeCode> {
    const { store, clock, smdp } = this.context;
    const label = labelOf(network);
    if (await isFull(store)) throw new QuotaError('this server is full: try again later');
    await this.#requireFewer({ label }, limits.ordersPerAddress, 'your address');
    await this.#requireFewer({ eid }, limits.ordersPerEid, 'this EID');
    const validUntil = clock.now().getTime() + this.validity;
    const { profile } = await prepareProfile(
      { ...this.context, store },
      {
        ...{ eid, label, validUntil: new Date(validUntil).toISOString() },
        ...(confirmationCode !== undefined && { confirmationCode }),
      },
    );
    return {
      matchingId: profile.matchingId ?? '',
      activationCode: activationCodeOf(profile, smdp.address) ?? '',
      iccid: profile.iccid,
      validUntil,
    };
  }

  async #requireFewer(
    filter: { readonly label: string } | { readonly eid: string },
    most: number,
    whose: string,
  ): Promise<void> {
    const { items } = await this.context.store.listProfiles({ ...filter, state: open }, { limit: most });
    if (items.length < most) return;
    throw new QuotaError(
      `${whose} has ${most} open orders already: download one of them, or wait until they expire`,
    );
  }
}

/** A digest of the address, by which orders are counted. The address itself is not stored. */
const labelOf = (network: string): string =>
  `public ${createHash('sha256').update(network).digest('hex').slice(0, 16)}`;

async function isFull(store: Pick<Store, 'countProfiles'>): Promise<boolean> {
  const counts = Object.values(await store.countProfiles());
  return counts.reduce((sum, count) => sum + count, 0) >= limits.profiles;
}

type OrderOnDemand = (matchingId: string, eid: string) => Promise<Profile | undefined>;

/** Makes orders on demand, except while the server is full. */
export const withinQuota =
  (store: Pick<Store, 'countProfiles'>, make: OrderOnDemand): OrderOnDemand =>
  async (matchingId, eid) =>
    (await isFull(store)) ? undefined : make(matchingId, eid);
