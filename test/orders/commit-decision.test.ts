import { describe, expect, test } from 'vitest';
import { changesOf, commitDecision, type ProfileDecision } from '../../src/orders/index.js';
import { Refusal } from '../../src/wire/rsp/index.js';
import type { Change, Profile, Store } from '../../src/store/index.js';
import { laterRefusalOf, now, profileWith } from './support.js';

type Told<T> = ProfileDecision & { readonly refusal?: Refusal; readonly value: T };

/** A store of one profile that others may get at between a read and the commit. */
class OneProfileStore {
  profile: Profile = profileWith();
  readonly commits: (readonly Change[])[] = [];

  decide<T>(about: (profile: Profile) => Told<T> | Promise<Told<T>>): Promise<T> {
    return commitDecision<T>(this.store, async () => {
      const { profile } = this;
      const { refusal, value, ...decision } = await about(profile);
      return { changes: changesOf(profile, decision), refusal, value };
    });
  }

  readonly store = {
    commit: async (changes: readonly Change[]) => {
      const [first] = changes;
      if (first?.kind !== 'updateProfile' || first.version !== this.profile.version) return false;
      this.profile = { ...this.profile, ...first.set, version: this.profile.version + 1 };
      this.commits.push(changes);
      return true;
    },
  } as unknown as Store;
}

const entry = { at: now + 7, trigger: 'test', from: 'Released', to: 'Released' } as const;

describe('a decision', () => {
  test('is committed in one piece, on the version that it was taken on', async () => {
    const one = new OneProfileStore();
    const along = [{ kind: 'deleteBindings' as const, profileId: 1 }];
    const value = await one.decide(() => ({
      set: { label: 'x' },
      history: [entry],
      along,
      value: 42,
    }));
    expect(value).toBe(42);
    expect(one.commits).toEqual([
      [
        {
          kind: 'updateProfile',
          id: 1,
          version: 1,
          namespace: '',
          set: { updatedAt: now + 7, label: 'x' },
          history: [entry],
        },
        ...along,
      ],
    ]);
  });

  test('is taken anew on what another request has made of the profile', async () => {
    const one = new OneProfileStore();
    const seen: (string | null)[] = [];
    await one.decide((profile) => {
      seen.push(profile.label);
      if (seen.length === 1) one.profile = { ...one.profile, label: 'by another', version: 2 };
      return { set: { pool: 'mine' }, value: undefined };
    });
    expect(seen).toEqual([null, 'by another']);
    expect(one.profile).toMatchObject({ label: 'by another', pool: 'mine', version: 3 });
  });

  test('of fifty at once for one thing is won by exactly one', async () => {
    const one = new OneProfileStore();
    const claims = Array.from({ length: 50 }, (_, index) =>
      one.decide(async (profile) => {
        await Promise.resolve();
        if (profile.eid !== null) throw new Refusal('8.1.1/3.8', 'taken');
        return { set: { eid: String(index) }, value: String(index) };
      }),
    );
    const outcomes = await Promise.allSettled(claims);
    const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(winners.map(({ value }) => value)).toEqual([one.profile.eid]);
    expect(one.commits).toHaveLength(1);
  });

  test('of fifty at once that all count loses no count', async () => {
    const one = new OneProfileStore();
    one.profile = profileWith({ downloadAttemptsLeft: 50 });
    await Promise.all(
      Array.from({ length: 50 }, () =>
        one.decide((profile) => ({
          set: { downloadAttemptsLeft: profile.downloadAttemptsLeft! - 1 },
          value: undefined,
        })),
      ),
    );
    expect(one.profile.downloadAttemptsLeft).toBe(0);
  });

  test('with a refusal leaves its trace before it refuses', async () => {
    const one = new OneProfileStore();
    const refused = one.decide(() => ({
      set: { confirmationCodeAttemptsLeft: 4 },
      refusal: new Refusal('8.2.7/3.8', 'wrong'),
      value: undefined,
    }));
    expect(await laterRefusalOf(refused)).toBe('8.2.7/3.8');
    expect(one.profile.confirmationCodeAttemptsLeft).toBe(4);
  });

  test('that is refused while it is taken leaves none', async () => {
    const one = new OneProfileStore();
    const refused = one.decide(() => {
      throw new Refusal('8.2/1.2', 'not yet');
    });
    expect(await laterRefusalOf(refused)).toBe('8.2/1.2');
    expect(one.commits).toEqual([]);
  });

  test('is given up when the profile never holds still', async () => {
    const one = new OneProfileStore();
    const restless = one.decide(() => {
      one.profile = { ...one.profile, version: one.profile.version + 1 };
      return { set: {}, value: undefined };
    });
    await expect(restless).rejects.toThrow('gave up after');
  });
});
