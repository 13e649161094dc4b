import { describe, expect, it } from 'vitest';
import type { Member, SharedState, Topic } from '../../../src/store/index.js';
import { whenDone } from '../../support/when-done.js';
import type { OpenStore } from '../contract.js';
import { freshStore } from './fresh-store.js';

const rule = (namespace = '') => ({ rule: '{"httpStatus":503}', namespace, createdAt: 7 });
const entry = (text: string) => ({ writtenAt: 5, octets: Buffer.from(text) });

/** A member that records what it is told. */
function memberThat(heard: Topic[] = []): Member & { readonly heard: readonly Topic[] } {
  return {
    heard,
    catchUp: async (topic) => {
      heard.push(topic);
      return Promise.resolve();
    },
  };
}

/** What an engine for several machines has to do. Another engine has no shared state. */
export function sharedStateSuite(open: OpenStore): void {
  describe('shares state', () => {
    const store = freshStore(open);
    const shared = (): SharedState | undefined => store().shared;

    it('of fault rules, in the order in which they were added', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      const [one, other] = await state.addRules([rule(), rule('suite')]);
      expect(await state.rules()).toMatchObject([
        { id: one, ...rule(), counters: { matched: 0, hits: 0 } },
        { id: other, ...rule('suite') },
      ]);
      await state.removeRules([one!]);
      const [third] = await state.addRules([rule()]);
      expect((await state.rules()).map(({ id }) => id)).toEqual([other, third]);
      await state.replaceRules([]);
      expect(await state.rules()).toEqual([]);
    });

    it('of their counters, which one process changes at a time', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      const [id] = await state.addRules([rule()]);
      const about = { id: id!, key: '', scenario: undefined };
      const takes = await Promise.all(
        Array.from({ length: 8 }, () =>
          state.decide(about, ({ counters }) => {
            const isLeft = counters.hits < 3;
            const { matched, hits } = counters;
            const after = { ...counters, matched: matched + 1, hits: isLeft ? hits + 1 : hits };
            return { result: isLeft, counters: after, state: undefined };
          }),
        ),
      );
      expect(takes.filter(Boolean)).toHaveLength(3);
      await state.giveHitBack(id!);
      expect(await state.rules()).toMatchObject([{ counters: { matched: 8, hits: 2 } }]);
      const gone = { ...about, id: 0 };
      expect(await state.decide(gone, (before) => ({ ...before, result: true }))).toBeUndefined();
    });

    it('of the positions of each key, and of scenarios', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      const [id] = await state.addRules([rule()]);
      const scenario = { namespace: 'suite', name: 'shop' };
      const next = (key: string) =>
        state.decide({ id: id!, key, scenario }, ({ counters, state: before }) => ({
          result: `${counters.position} ${before}`,
          counters: { ...counters, position: counters.position + 1, given: [7] },
          state: `after ${key}`,
        }));
      expect(await next('a')).toBe('0 undefined');
      expect(await next('a')).toBe('1 after a');
      expect(await next('b')).toBe('0 after a');
      expect(await state.scenarios()).toEqual([{ ...scenario, state: 'after b' }]);
      await state.saveScenario('suite', 'shop', undefined);
      expect(await next('')).toBe('0 undefined');
      expect(await state.rules()).toMatchObject([{ counters: { given: [7], position: 1 } }]);
      await state.replaceRules([rule()]);
      expect([await state.scenarios(), (await state.rules()).length]).toEqual([[], 1]);
    });

    it('of settings', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      await state.saveSetting('one', 'a');
      await state.saveSetting('one', 'b');
      await state.saveSetting('other', 'c');
      expect(await state.settings()).toEqual(
        new Map([
          ['one', 'b'],
          ['other', 'c'],
        ]),
      );
    });

    it('of a journal, whose entries come in order and all at once', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      expect(await state.lastEntry()).toBe(0);
      await state.appendEntries([entry('a'), entry('b')]);
      await state.appendEntries([entry('c')]);
      const all = await state.entriesAfter(0, 10);
      expect(all.map(({ octets }) => octets.toString())).toEqual(['a', 'b', 'c']);
      expect(await state.entriesAfter(all[0]!.id, 1)).toEqual([all[1]]);
      expect(await state.lastEntry()).toBe(all[2]!.id);
    });

    it('of a journal in which a reader misses nothing while others write', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      let isWriting = true;
      const writing = Promise.all(
        Array.from({ length: 4 }, async (_, writer) => {
          for (let number = 0; number < 25; number++)
            await state.appendEntries([entry(`${writer}-${number}`), entry(`${writer}-${number}'`)]);
        }),
      ).finally(() => (isWriting = false));
      const seen: string[] = [];
      let cursor = 0;
      for (let isLast = false; !isLast;) {
        isLast = !isWriting;
        for (const { id, octets } of await state.entriesAfter(cursor, 7)) {
          expect(id).toBeGreaterThan(cursor);
          cursor = id;
          seen.push(octets.toString());
          isLast = false;
        }
      }
      await writing;
      expect(seen).toHaveLength(200);
      expect(new Set(seen).size).toBe(200);
    });

    it('of a journal that drops its oldest entries and keeps the newest', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      for (let number = 1; number <= 100; number++) {
        await state.appendEntries([entry(String(number))]);
        await state.dropOldEntries(20);
      }
      const kept = (await state.entriesAfter(0, 1000)).map(({ octets }) => Number(octets.toString()));
      expect(kept.length).toBeGreaterThanOrEqual(20);
      expect(kept.length).toBeLessThan(40);
      expect(kept.at(-1)).toBe(100);
    });

    it('with members that hear of changes', async () => {
      const state = shared();
      if (!state) return expect(state).toBeUndefined();
      const [first, second] = [memberThat(), memberThat()];
      const one = await state.join(first);
      whenDone(() => one.leave());
      const other = await state.join(second);
      expect([one.isFirst, one.number, other.isFirst, other.number]).toEqual([true, 0, false, 1]);
      const before = second.heard.length;
      await one.everyone('flush');
      await one.tell('settings');
      await one.everyone('contents');
      expect(second.heard.slice(before)).toEqual(['flush', 'settings', 'contents']);
      await other.leave();
      await one.everyone('flush');
      const next = await state.join(memberThat());
      expect([next.isFirst, next.number]).toEqual([false, 1]);
      await next.leave();
    });
  });
}
