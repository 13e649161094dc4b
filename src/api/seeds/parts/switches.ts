import type { Planning, Step } from '../planning.js';

/** The clock of the server. */
export async function planClock({ seed, context, document, problems }: Planning): Promise<readonly Step[]> {
  if (seed.clock === undefined) return [];
  const { clock } = context.switches;
  const path = ['clock'];
  const { now, frozen = clock.isFrozen } = seed.clock;
  const time = now === undefined ? undefined : new Date(now);
  if (time && !(time.getTime() >= 0)) {
    problems.push(
      document.problem(
        [...path, 'now'],
        `'${now}' is not a time`,
        'give an instant of the calendar from 1970 to 9999',
      ),
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
        : (undo) => {
            const { ahead, isFrozen } = clock;
            const before = clock.now();
            undo.add(() => {
              clock.reset();
              if (isFrozen) clock.freeze();
              if (isFrozen) clock.set(before);
              else if (ahead !== 0) clock.advance(ahead);
            });
            if (frozen) clock.freeze();
            else clock.unfreeze();
            if (time) clock.set(time);
          },
    },
  ];
}

/** How the server treats all clients. */
export async function planConduct({ seed, context }: Planning): Promise<readonly Step[]> {
  const { conduct: wanted } = seed;
  if (wanted === undefined) return [];
  const { conduct } = context.switches;
  const { current } = conduct;
  return [
    {
      path: ['conduct'],
      items: [{ section: 'conduct', name: wanted, outcome: wanted === current ? 'present' : 'changed' }],
      make: (undo) => {
        undo.add(() => conduct.set(current));
        conduct.set(wanted);
      },
    },
  ];
}
