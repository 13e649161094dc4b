import type { Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import type { SettableClock } from '../base/settable-clock.js';
import type { ControlContext, KeptByReset, SeedSection, Testing } from '../api/index.js';
import { keepable } from '../store/index.js';
import type { TesterSettings } from './tester-settings.js';
import { plant, type Seed } from './seeds/index.js';

interface Resettable extends Pick<Testing, 'moveTo' | 'conduct'> {
  readonly clock: SettableClock;
  readonly random: Random;
  readonly settings: TesterSettings;
  readonly seed: Seed;
}

/**
 * Calls of testers that affect the whole server. Several test workers may reset the server at once, so resets run one
 * after the other.
 */
export function testing(resettable: Resettable, context: ControlContext): Testing {
  let last: Promise<unknown> = Promise.resolve();
  return {
    clock: resettable.clock,
    moveTo: resettable.moveTo,
    conduct: resettable.conduct,
    change: async (work) => {
      const result = await resettable.settings.change(work);
      await context.everywhere?.('settings');
      return result;
    },
    reset(keep) {
      const done = last.then(() => reset(context, resettable, keep));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** Maps each part that a reset can keep to the sections of the seed that such a reset skips. */
const sectionsOf: Partial<Record<KeptByReset, readonly SeedSection[]>> = {
  clock: ['clock'],
  faults: ['faults', 'scenarios', 'conduct', 'proxyRoutes'],
  profileTypes: ['profileTypes'],
  operators: ['operators'],
  webhooks: ['webhooks'],
  devices: ['deviceGroups', 'policies'],
};

async function reset(
  context: ControlContext,
  { clock, conduct, random, seed, settings }: Resettable,
  keep: readonly KeptByReset[],
): Promise<void> {
  const { store, profileTypes, faults, journal, routes } = context;
  await settings.change(() => {
    if (!keep.includes('clock')) clock.reset();
    if (!keep.includes('faults')) conduct.reset();
  });
  if (!keep.includes('faults')) {
    routes?.reset();
    await faults.resetShared();
  }
  if (!keep.includes('journal')) {
    await journal.catchUp();
    journal.remove();
  }
  if (random instanceof SeededRandom) random.restart();
  await store.clear(keepable.filter((one) => keep.includes(one)));
  profileTypes.forget();
  await plant(
    { ...context, switches: { clock, conduct, change: (work) => settings.change(work) } },
    seed,
    keep.flatMap((one) => sectionsOf[one] ?? []),
  );
  for (const topic of ['settings', 'restart'] as const) await context.everywhere?.(topic);
}
