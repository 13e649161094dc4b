import type { Change, HistoryEntry, Profile, Store } from '../../store/index.js';
import type { WebhookCourier } from './webhook-courier.js';

type HistoryChange = Extract<Change, { readonly kind: 'updateProfile' | 'noteDownload' }>;

/** A store that queues a message to webhooks about each change of a profile, in the same transaction as the change. */
export const announcingStore = (store: Store, courier: WebhookCourier): Store => ({
  ...store,
  async commit(changes) {
    if (!courier.wants('profile.state')) return store.commit(changes);
    const messages = (
      await Promise.all(changes.filter(hasHistory).map((change) => messagesAbout(change, store, courier)))
    ).flat();
    if (messages.length === 0) return store.commit(changes);
    const isDone = await store.commit([...changes, ...messages]);
    if (isDone) courier.wake();
    return isDone;
  },
  async clear(keep) {
    await store.clear(keep);
    await courier.refresh();
  },
  async restoreSnapshot(name) {
    const isDone = await store.restoreSnapshot(name);
    await courier.refresh();
    return isDone;
  },
  async addWebhook(webhook) {
    const added = await store.addWebhook(webhook);
    await courier.refresh();
    return added;
  },
  async deleteWebhook(id) {
    const isDone = await store.deleteWebhook(id);
    await courier.refresh();
    return isDone;
  },
});

const hasHistory = (change: Change): change is HistoryChange =>
  (change.kind === 'updateProfile' || change.kind === 'noteDownload') && change.history !== undefined;

async function messagesAbout(
  { id, set, history = [] }: HistoryChange,
  store: Store,
  courier: WebhookCourier,
): Promise<readonly Change[]> {
  const before = await store.profile(id);
  if (!before) return [];
  const profile = { ...before, ...set };
  return [history].flat().flatMap((entry) => courier.changesFor(eventOf(profile, entry)));
}

const eventOf = (
  { iccid, matchingId, operator, namespace, eid: ofProfile, profileType, label }: Profile,
  { at, eid, transactionId, ...details }: HistoryEntry,
) => ({
  type: 'profile.state' as const,
  ...{ at, namespace, iccid, transactionId },
  eid: eid ?? ofProfile ?? undefined,
  matchingId: matchingId ?? undefined,
  operator: operator ?? undefined,
  details: { ...details, profileType, label: label ?? undefined },
});
