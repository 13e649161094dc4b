import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AbandonedImports, preload, type PreloadEvent } from '../../src/manifests/preload/index.js';
import { temporaryFiles } from '../store/temporary-folder.js';
import { arriving, eid, eids } from './support/files.js';
import { allProfiles, follow, imported, preparation, resultOf } from './support/preloading.js';

const newFile = temporaryFiles();

describe('two imports at once', () => {
  it.each([
    ['in one process', async () => [await preparation()].flatMap((context) => [context, context])],
    [
      'on two connections to one database',
      async () => {
        const file = newFile();
        return [await preparation(file), await preparation(file)];
      },
    ],
  ])('of one file, %s, end as one after the other would', async (_, contexts) => {
    const [one, other] = await contexts();
    if (!one || !other) throw new Error('no contexts');
    const [first, second] = await Promise.all([imported(one, eids(1, 5000)), imported(other, eids(1, 5000))]);
    const results = [resultOf(first), resultOf(second)];
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['imported', 'unchanged']);
    expect(results.map(({ added }) => added).sort()).toEqual([0, 5000]);
    expect((await one.store.countProfiles()).Released).toBe(5000);
  });

  it('of two files both come to their end, and the one that waits says so', async () => {
    const context = await preparation();
    let release: (value: unknown) => void = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    async function* slow(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 2000));
      await held;
      yield Buffer.from(`${eid(9000)}\n`);
    }
    const first = preload(context, slow());
    let event: PreloadEvent | undefined;
    do event = (await first.next()).value ?? undefined;
    while (event?.kind !== 'progress');
    const rest = follow(first);
    const second = preload(context, arriving(eids(3000, 2000)));
    const events: PreloadEvent[] = [];
    for await (const each of second) {
      events.push(each);
      if (each.kind === 'waiting') release(undefined);
    }
    expect(events.map(({ kind }) => kind)).toContain('waiting');
    expect(resultOf(events)).toMatchObject({ added: 2000 });
    expect(resultOf(await rest)).toMatchObject({ added: 2001 });
  });
});

describe('an import whose owner is gone', () => {
  const owner = (pid: number, host = hostname()): string => JSON.stringify([host, pid, 'start']);

  /** A number that no process has. */
  const noProcess = 2 ** 22 + 1;

  it.each([
    ['another process', owner(noProcess)],
    ['an earlier process with the same number', owner(process.pid)],
  ])('is removed by the next one at once, where it was %s of this machine', async (_, name) => {
    const context = await preparation();
    const batch = await context.store.openBatch(name);
    await context.store.addToBatch(batch!, [
      {
        iccid: '8900101000000999038',
        profileType: 'generic',
        state: 'Released',
        createdAt: 1,
        eid: eid(1),
        matchingId: '',
      },
    ]);
    const events = await imported(context, `eid,iccid\n${eid(1)},8900101000000999038\n`);
    expect(resultOf(events)).toMatchObject({ outcome: 'imported', added: 1 });
    expect(await allProfiles(context)).toHaveLength(1);
  });

  it('is removed after a minute of silence, where it was on another machine', async () => {
    const { store } = await preparation();
    let now = 0;
    const imports = new AbandonedImports(store, () => now);
    const batch = await store.openBatch(owner(1, 'elsewhere'));
    await imports.clear();
    now = 59_000;
    await imports.clear();
    expect(await store.openedBatch()).toBeDefined();
    await store.addToBatch(batch!, []);
    now = 60_000;
    await imports.clear();
    now = 119_000;
    await imports.clear();
    expect(await store.openedBatch()).toBeDefined();
    now = 120_000;
    await imports.clear();
    expect(await store.openedBatch()).toBeUndefined();
  });

  it('is told so if it lives after all, and adds nothing', async () => {
    const context = await preparation();
    async function* halting(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 2000));
      await context.store.abandonBatch((await context.store.openedBatch())!.id);
      yield Buffer.from(`${eid(9000)}\n`);
    }
    await expect(follow(preload(context, halting()))).rejects.toMatchObject({ name: 'BatchAbandonedError' });
    expect(await allProfiles(context)).toEqual([]);
    expect(await context.store.openedBatch()).toBeUndefined();
  });
});
