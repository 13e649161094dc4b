import type { JournalEntry, TransitionEntry } from '../../instruments/journal/index.js';
import type { Store } from '../../store/index.js';
import { historyView, type HistoryView } from '../profiles/details.js';
import type { StreamEvent } from './event-stream.js';
import { summaryView } from './summary.js';

/** A transition of a profile. */
export type TransitionView = HistoryView & {
  readonly id: number;
  readonly profileId: number;
  /** Empty: no namespace. */
  readonly namespace: string;
  /** `iccid` and `matchingId` are the current values. Both are absent if the profile was removed. */
  readonly iccid?: string;
  readonly matchingId?: string | null;
};

/**
 * The event for a journal entry: `exchange` with a summary, `profile` with a transition, or `device` with an event of a virtual
 * device.
 */
export async function eventOf(store: Store, entry: JournalEntry): Promise<StreamEvent> {
  const { id, kind } = entry;
  switch (kind) {
    case 'exchange':
      return { id, event: 'exchange', data: summaryView.of(entry) };
    case 'transition':
      return { id, event: 'profile', data: await transitionView(store, entry) };
    case 'device':
      return { id, event: 'device', data: { id, ...entry.event } };
  }
}

/** @returns the transition, with the current ICCID and MatchingID of the profile unless the profile was removed */
async function transitionView(store: Store, { id, transition }: TransitionEntry): Promise<TransitionView> {
  const { profileId, namespace } = transition;
  const profile = await store.profile(profileId);
  return {
    id,
    profileId,
    namespace,
    ...(profile && { iccid: profile.iccid, matchingId: profile.matchingId }),
    ...historyView.of(transition),
  };
}
