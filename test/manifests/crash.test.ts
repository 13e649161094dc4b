import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { AbandonedImports } from '../../src/manifests/preload/index.js';
import { openStore } from '../../src/store/index.js';
import { startProcess } from '../store/processes.js';
import { databaseSetting, numberOf } from '../support/postgres/either-engine.js';
import { temporaryFiles } from '../store/temporary-folder.js';
import { eid } from './support/files.js';
import { imported, preparation, resultOf } from './support/preloading.js';

const newFile = temporaryFiles();

/** Starts an import of `rows` rows and kills its process once it tells of `killAt` rows, or of its end. */
async function importUntilKilled(file: string, rows: number, killAt: number | 'done'): Promise<void> {
  const child = await startProcess('../manifests/importing-process.ts', {
    DATABASE: await databaseSetting(file),
    ROWS: String(rows),
  });
  const closed = once(child, 'close');
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done' || Number(line) >= Number(killAt)) break;
  }
  child.kill('SIGKILL');
  await closed;
}

const rowsIn = (file: string): Promise<number> => numberOf(file, 'SELECT count(*) FROM profiles');

describe('an import whose process is killed', () => {
  it.each([1000, 5000, 20_000])('at row %d leaves nothing in sight, and nothing behind', async (killAt) => {
    const file = newFile();
    await importUntilKilled(file, 1_000_000, killAt);
    expect(await rowsIn(file)).toBeGreaterThanOrEqual(killAt);

    const store = await openStore(file);
    expect((await store.listProfiles({}, { limit: 10 })).items).toEqual([]);
    expect(await store.profilesForEid(eid(0))).toEqual([]);
    expect((await store.countProfiles()).Released).toBe(0);
    await new AbandonedImports(store).clear();
    expect(await store.openedBatch()).toBeUndefined();
    await store.close();
    expect(await rowsIn(file)).toBe(0);
  });

  it('does not keep the same file from being imported at once', async () => {
    const file = newFile();
    await importUntilKilled(file, 1_000_000, 3000);
    const context = await preparation(file);
    const result = resultOf(await imported(context, `eid\n${eid(0)}\n${eid(2500)}\n${eid(999)}\n`));
    expect(result).toMatchObject({ outcome: 'imported', added: 3, unchanged: 0 });
    expect(await rowsIn(file)).toBe(3);
  });

  it('after its end has lost nothing', async () => {
    const file = newFile();
    await importUntilKilled(file, 3000, 'done');
    const store = await openStore(file);
    expect((await store.countProfiles()).Released).toBe(3000);
    expect(await store.profilesForEid(eid(2999))).toHaveLength(1);
    await store.close();
  });
});
