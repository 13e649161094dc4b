import Type, { type Static } from 'typebox';
import type { Store } from '../../store/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { Problem } from '../http/problem.js';

/** Path parameters of calls about one pool. */
export const PoolPath = Type.Object({
  name: Type.String({ description: 'the name of the pool' }),
});
export type PoolPath = Static<typeof PoolPath>;

/** Whether the pool exists: as a list for an MDM system, or because a profile names it. */
export async function poolExists(store: Store, name: string): Promise<boolean> {
  if (await store.mdmList(name)) return true;
  return (await store.listProfiles({ pool: name }, { limit: 1 })).items.length > 0;
}

/** @throws Problem 404 if the pool does not exist */
export async function requirePool(store: Store, name: string): Promise<void> {
  if (await poolExists(store, name)) return;
  const meant = nearest(name, await store.poolNames());
  throw new Problem(404, `there is no pool '${name}'${meant ? `; did you mean '${meant}'?` : ''}`);
}

/** The path of a pool. */
export const locationOfPool = (name: string): string => `/api/v1/pools/${encodeURIComponent(name)}`;
