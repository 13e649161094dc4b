import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';

/** Gives each test of the surrounding `describe` a store of its own, closed afterwards. */
export function freshStore(open: OpenStore): () => Store {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  return () => store;
}
