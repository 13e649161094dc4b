import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  profileStates,
  type Change,
  type Profile,
  type ProfileState,
  type Store,
} from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { entry, iccid, released, update } from '../samples.js';

const profileCount = 3;

/** One conditional update as the model draws it: of which profile, whether its version is guessed right, to what. */
const step = fc.record({
  profile: fc.nat(profileCount - 1),
  stale: fc.integer({ min: 0, max: 3 }).map((number) => number === 0),
  state: fc.constantFrom(...profileStates),
  label: fc.option(fc.string({ maxLength: 5 })),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
/** Half of the longer commits hold a stale version, and are rolled back in the middle. */
const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 30 });

/** The plainest store that there can be: what a commit would do to a copy, taken over if everything holds. */
class Model {
  constructor(public profiles: readonly Profile[]) {}
  history = new Map<number, string[]>();

  /** The changes for the steps, and the outcome that they have to have. */
  commit(commitSteps: readonly Step[]): { changes: Change[]; holds: boolean } {
    const copy = [...this.profiles];
    const entries = new Map([...this.history].map(([id, lines]) => [id, [...lines]]));
    let holds = true;
    const changes = commitSteps.map(({ profile: index, stale, state, label }, position) => {
      const profile = copy[index] as Profile;
      const wrong = stale && position > 0;
      if (wrong) holds = false;
      copy[index] = { ...profile, state, label, version: profile.version + 1 };
      entries.set(profile.id, [...(entries.get(profile.id) ?? []), `${profile.state} > ${state}`]);
      const version = wrong ? profile.version - 1 : profile.version;
      return update(
        { id: profile.id, version },
        { state, label },
        { ...entry, from: profile.state, to: state },
      );
    });
    if (holds) {
      this.profiles = copy;
      this.history = entries;
    }
    return { changes, holds };
  }

  count(state: ProfileState): number {
    return this.profiles.filter((profile) => profile.state === state).length;
  }
}

async function agree(store: Store, model: Model): Promise<void> {
  expect((await store.listProfiles({}, { limit: 1000 })).items).toEqual(model.profiles);
  const counts = await store.countProfiles();
  for (const state of profileStates) expect([state, counts[state]]).toEqual([state, model.count(state)]);
  for (const { id } of model.profiles) {
    const lines = (await store.history(id)).map(({ from, to }) => `${from} > ${to}`);
    expect(lines).toEqual(model.history.get(id) ?? []);
  }
}

export function modelSuite(open: OpenStore): void {
  describe('is equal to a plain model', () => {
    it('after any sequence of commits, whether they hold or not', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (commits) => {
          const store = await open();
          try {
            const numbers = Array.from({ length: profileCount }, (_, number) => number);
            const model = new Model(await store.createProfiles(numbers.map((number) => released(number))));
            expect(model.profiles.map((profile) => profile.iccid)).toEqual(numbers.map(iccid));
            for (const commitSteps of commits) {
              const { changes, holds } = model.commit(commitSteps);
              expect(await store.commit(changes)).toBe(holds);
              await agree(store, model);
            }
          } finally {
            await store.close();
          }
        }),
        { numRuns: 30 },
      );
    });
  });
}
