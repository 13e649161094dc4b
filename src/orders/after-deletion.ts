import type { Profile, Store } from '../store/index.js';
import { isLinkedByDownload } from './by-hand.js';
import type { ManagementReport } from './notifications.js';
import { operatorOf } from './operators.js';

/** The operator's setting for an order whose profile the eUICC has deleted. Empty if the order stays spent. */
export async function afterDeletion(
  store: Store,
  profile: Profile,
): Promise<Pick<ManagementReport, 'afterDeletion' | 'isLinkedByDownload'>> {
  if (profile.operator === null) return {};
  const operator = await operatorOf(store, profile.operator);
  if (operator.afterDeletion === 'staysSpent') return {};
  return {
    afterDeletion: operator.afterDeletion,
    isLinkedByDownload: isLinkedByDownload(profile, await store.history(profile.id)),
  };
}
