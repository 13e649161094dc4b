import { Refusal } from '../wire/rsp/index.js';
import type { Change, HistoryEntry, Profile, ProfileChanges, ProfileState, Store } from '../store/index.js';
import { changesOf, commitDecision } from './commit-decision.js';
import { linkedToTheEid } from './order-change.js';
import { nextState, type Trigger } from './life-cycle.js';
import { defaultConfirmationCodeAttempts } from './prepare.js';

/** A change of a profile's state that a tester makes over the control API. */
export interface ManualChange {
  readonly store: Store;
  readonly profileId: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The limits that an order has after a reset. */
export interface FreshLimits {
  /** Default: 5. */
  readonly confirmationCodeAttempts?: number | undefined;
  /** Default: no limit. */
  readonly downloadAttempts?: number | undefined;
}

/** The values that remove the order from a profile. */
export const noOrder: ProfileChanges = {
  eid: null,
  matchingId: null,
  confirmationCodeHash: null,
  confirmationCodeAttemptsLeft: defaultConfirmationCodeAttempts,
  downloadAttemptsLeft: null,
  validUntil: null,
  smdsAddress: null,
  reuse: 'once',
};

/** The values that remove all traces of a download from a profile. */
export const noDownload: ProfileChanges = {
  errorStatus: null,
  installedState: null,
  installedSeqNumber: null,
  boundTransactionId: null,
};

/**
 * Releases a confirmed order. A released order stays released.
 *
 * @throws Refusal 8.2.1/3.9 if the profile does not exist; 8.2.1/3.5 if its order is neither confirmed nor released
 */
export function release(hand: ManualChange): Promise<Profile> {
  return change(hand, (profile) => move(profile, hand, 'release', 'release', {}));
}

/**
 * Cancels an order: the profile loses EID, MatchingID, confirmation code and limits, and its sessions end.
 *
 * @throws Refusal 8.2.1/3.9 if the profile does not exist; 8.2.1/3.3 if it has no order, or was already downloaded
 */
export function cancel(hand: ManualChange, to: 'Available' | 'Unavailable'): Promise<Profile> {
  return change(hand, (profile) =>
    move(profile, hand, 'cancel', `cancelTo${to}`, { ...noOrder, ...noDownload }),
  );
}

/**
 * Makes a profile downloadable again. The profile becomes Released and gets new limits. An expiry time in the past is removed. An EID
 * that a download gave to the order is removed. An EID that came with the order stays.
 *
 * @throws Refusal 8.2.1/3.9 if the profile does not exist; 8.2.1/3.5 if it was never released
 */
export function reset(hand: ManualChange, limits: FreshLimits = {}): Promise<Profile> {
  return change(hand, async (profile) =>
    move(profile, hand, 'reset', 'reset', {
      ...noDownload,
      confirmationCodeAttemptsLeft: limits.confirmationCodeAttempts ?? defaultConfirmationCodeAttempts,
      downloadAttemptsLeft: limits.downloadAttempts ?? null,
      ...(profile.validUntil !== null && profile.validUntil <= hand.now && { validUntil: null }),
      ...(isLinkedByDownload(profile, await hand.store.history(profile.id)) && { eid: null }),
    }),
  );
}

interface Move {
  readonly set: ProfileChanges;
  readonly history: readonly HistoryEntry[];
  /** Whether the change ends the order's sessions and deletes its one-time keys. */
  readonly endsDownloads: boolean;
}

function move(
  profile: Profile,
  { now }: ManualChange,
  name: string,
  trigger: Trigger,
  set: ProfileChanges,
): Move {
  const to: ProfileState = nextState(profile.state, trigger) ?? profile.state;
  const endsDownloads = Object.keys(set).length > 0;
  const isChange = endsDownloads || to !== profile.state;
  return {
    set: isChange ? { ...set, state: to } : {},
    history: isChange ? [{ at: now, trigger: name, from: profile.state, to, cause: 'by hand' }] : [],
    endsDownloads,
  };
}

async function change(
  { store, profileId }: ManualChange,
  decide: (profile: Profile) => Move | Promise<Move>,
): Promise<Profile> {
  const read = async () => {
    const profile = await store.profile(profileId);
    if (!profile) throw new Refusal('8.2.1/3.9', 'profile does not exist');
    return profile;
  };
  await commitDecision(store, async () => {
    const profile = await read();
    const { set, history, endsDownloads } = await decide(profile);
    const along: Change[] = endsDownloads
      ? [
          { kind: 'endSessions', profileId, orderIsOver: true },
          { kind: 'deleteBindings', profileId },
        ]
      : [];
    return { changes: changesOf(profile, { set, history, along }), value: undefined };
  });
  return read();
}

/** The triggers that remove an EID from an order. */
const unlinkingTriggers: ReadonlySet<string> = new Set(['reset', 'cancel', 'cancelOrder']);

/**
 * Causes of history entries by which a download gave the order its EID. The second cause comes from an older version of
 * the server, which linked an order to the first device that asked for the order.
 */
const linkingCauses: ReadonlySet<string | undefined> = new Set([linkedToTheEid, 'linked to the EID']);

/** Whether a download gave the profile its EID. If not, the EID came with the order. */
export function isLinkedByDownload({ eid }: Profile, history: readonly HistoryEntry[]): boolean {
  if (eid === null) return false;
  const last = history.findLast(
    ({ trigger, cause }) => unlinkingTriggers.has(trigger) || linkingCauses.has(cause),
  );
  return linkingCauses.has(last?.cause);
}
