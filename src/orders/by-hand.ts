import { Refusal } from '../wire/rsp/index.js';
import type { Change, HistoryEntry, Profile, ProfileChanges, ProfileState, Store } from '../store/index.js';
import { changesOf, commitDecision } from './commit-decision.js';
import { linkedToTheEid } from './download.js';
import { nextState, type Trigger } from './life-cycle.js';
import { defaultConfirmationCodeAttempts } from './prepare.js';

/** A profile whose state a tester changes over the control API. */
export interface ManualChange {
  readonly store: Store;
  readonly profileId: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Limits that a reset gives an order. */
export interface FreshLimits {
  /** Default: 5. */
  readonly confirmationCodeAttempts?: number | undefined;
  /** Default: no limit. */
  readonly downloadAttempts?: number | undefined;
}

/** Members of a profile without an order. */
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

/** Members of a profile that was never downloaded. */
export const noDownload: ProfileChanges = {
  errorStatus: null,
  installedState: null,
  installedSeqNumber: null,
  boundTransactionId: null,
};

/**
 * Releases a confirmed order. A released order stays released.
 *
 * @throws Refusal 8.2.1/3.9 no such profile, 8.2.1/3.5 its state does not allow it
 */
export function release(hand: ManualChange): Promise<Profile> {
  return change(hand, (profile) => move(profile, hand, 'release', 'release', {}));
}

/**
 * Cancels an order: the profile loses EID, MatchingID, confirmation code and limits, and its sessions end.
 *
 * @throws Refusal 8.2.1/3.9 no such profile, 8.2.1/3.3 no order, or the order was downloaded already
 */
export function cancel(hand: ManualChange, to: 'Available' | 'Unavailable'): Promise<Profile> {
  return change(hand, (profile) =>
    move(profile, hand, 'cancel', `cancelTo${to}`, { ...noOrder, ...noDownload }),
  );
}

/**
 * Makes a profile downloadable again, whatever its state. The profile becomes Released with fresh limits. The call removes an expiry
 * in the past, and the link to the eUICC that downloaded the profile. An EID that came with the order stays.
 *
 * @throws Refusal 8.2.1/3.9 no such profile, 8.2.1/3.5 the profile was never released
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
  /** Whether sessions and one-time keys are removed. */
  readonly forgets: boolean;
}

function move(
  profile: Profile,
  { now }: ManualChange,
  name: string,
  trigger: Trigger,
  set: ProfileChanges,
): Move {
  const to: ProfileState = nextState(profile.state, trigger) ?? profile.state;
  const forgets = Object.keys(set).length > 0;
  const isNews = forgets || to !== profile.state;
  return {
    set: isNews ? { ...set, state: to } : {},
    history: isNews ? [{ at: now, trigger: name, from: profile.state, to, cause: 'by hand' }] : [],
    forgets,
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
    const { set, history, forgets } = await decide(profile);
    const along: Change[] = forgets
      ? [
          { kind: 'endSessions', profileId, orderIsOver: true },
          { kind: 'deleteBindings', profileId },
        ]
      : [];
    return { changes: changesOf(profile, { set, history, along }), value: undefined };
  });
  return read();
}

/** Triggers that end an earlier link to an EID. */
const unlinks: ReadonlySet<string> = new Set(['reset', 'cancel', 'cancelOrder']);

/** Causes of a link in the history. The second is found in older databases, where the first device that asked got the order. */
const links: ReadonlySet<string | undefined> = new Set([linkedToTheEid, 'linked to the EID']);

/** Whether the profile got its EID from the first device that was served, not from its order. */
export function isLinkedByDownload({ eid }: Profile, history: readonly HistoryEntry[]): boolean {
  if (eid === null) return false;
  const last = history.findLast(({ trigger, cause }) => unlinks.has(trigger) || links.has(cause));
  return links.has(last?.cause);
}
