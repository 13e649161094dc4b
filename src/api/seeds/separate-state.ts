import type { Planning } from './planning.js';
import type { SeedSection } from './schema.js';

/** State that each process keeps in its own memory, if several processes serve devices on SQLite. */
const separate = {
  clock: 'a clock',
  conduct: 'a conduct',
  faults: 'fault rules',
  scenarios: 'scenarios',
} as const satisfies Partial<Record<SeedSection, string>>;

/** Refuses the parts of a seed that would reach only one of several processes. */
export function refuseSeparateState(
  { context, seed, document, problems }: Planning,
  only: readonly SeedSection[],
): void {
  const { separateWorkers: count } = context;
  if (count === undefined) return;
  for (const [section, what] of Object.entries(separate) as [keyof typeof separate, string][])
    if (only.includes(section) && seed[section] !== undefined)
      problems.push(
        document.problem(
          [section],
          `this server has ${count} workers on SQLite, and each of them would have ${what} of its own`,
          'start the server without --workers (SMDP_WORKERS), or with a PostgreSQL database, where all workers share this state',
        ),
      );
}
