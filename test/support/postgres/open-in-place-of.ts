import { expect } from 'vitest';
import type { Store } from '../../../src/store/index.js';
import { openPostgresStore } from '../../../src/store/postgres/index.js';
import { addressInPlaceOf } from './either-engine.js';
import { openRecycled } from './recycled.js';

/** The tests of this room open each engine by its name. */
const roomOfBothEngines = '/test/store/';

/** Opens PostgreSQL in place of the SQLite database: an empty one for `:memory:`, and always the same one for a file. */
export async function openInPlaceOf(
  database: string,
  open: (database: string) => Promise<Store>,
): Promise<Store> {
  if (expect.getState().testPath?.includes(roomOfBothEngines) === true) return open(database);
  if (database === ':memory:') return openRecycled();
  if (database.trim() === '' || database.includes('://')) return open(database);
  return openPostgresStore(await addressInPlaceOf(database));
}
