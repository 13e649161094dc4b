import { changeClock } from '../../clock.js';
import type { Planning, Step } from '../planning.js';

/** The clock of the server. */
export async function planClock({ seed, context, document, problems }: Planning): Promise<readonly Step[]> {
  if (seed.clock === undefined) return [];
  const { clock, change } = context.switches;
  const path = ['clock'];
  const { now, frozen = clock.isFrozen } = seed.clock;
  const time = now === undefined ? undefined : new Date(now);
  if (time && !(time.getTime() >= 0)) {
    problems.push(
      document.problem([...path, 'now'], `'${now}' is not a time`, 'give a time from 1970 to 9999'),
    );
    return [];
  }
  const isThere =
    clock.isFrozen === frozen && (time === undefined || (frozen && clock.now().getTime() === time.getTime()));
  return [
    {
      path,
      items: [
        {
          section: 'clock',
          name: now ?? (frozen ? 'frozen' : 'running'),
          outcome: isThere ? 'present' : 'changed',
        },
      ],
      make: isThere
        ? undefined
        : async (undo) => {
            const { state } = clock;
            undo.add(() => change(() => clock.restore(state)));
            await change(() => changeClock(clock, { ...(now !== undefined && { now }), frozen }));
          },
    },
  ];
}

/** How the server treats all clients. */
export async function planConduct({ seed, context }: Planning): Promise<readonly Step[]> {
  const { conduct: wanted } = seed;
  if (wanted === undefined) return [];
  const { conduct, change } = context.switches;
  const { current } = conduct;
  const isThere = wanted === current;
  return [
    {
      path: ['conduct'],
      items: [{ section: 'conduct', name: wanted, outcome: isThere ? 'present' : 'changed' }],
      make: isThere
        ? undefined
        : async (undo) => {
            undo.add(() => change(() => conduct.set(current)));
            await change(() => conduct.set(wanted));
          },
    },
  ];
}
