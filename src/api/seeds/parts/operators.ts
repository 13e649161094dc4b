import { operatorFrom } from '../../operators/settings.js';
import type { Path } from '../document.js';
import { isSame, type Planning, type Step } from '../planning.js';
import type { SeedOperator } from '../schema.js';

/** Registers operators. Registered operators get the settings of the seed. */
export async function planOperators(planning: Planning): Promise<readonly Step[]> {
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.operators ?? []).entries()) {
    const path = ['operators', index];
    const step = await planning.attempt(path, () => {
      planning.requireNew(names, entry.identifier, path, 'the operator');
      return planOperator(planning, entry, path);
    });
    if (step) steps.push(step);
  }
  return steps;
}

async function planOperator({ context }: Planning, entry: SeedOperator, path: Path): Promise<Step> {
  const { store, clock } = context;
  const { identifier, ...body } = entry;
  const operator = operatorFrom(identifier, body, clock.now().getTime());
  const before = await store.operator(identifier);
  const isThere = before !== undefined && isSame({ ...before, updatedAt: 0 }, { ...operator, updatedAt: 0 });
  const outcome = before === undefined ? 'added' : isThere ? 'present' : 'changed';
  return {
    path,
    items: [{ section: 'operators', name: identifier, outcome }],
    make: isThere
      ? undefined
      : async (undo) => {
          await store.saveOperator(operator);
          undo.add(() => (before ? store.saveOperator(before) : store.deleteOperator(identifier)));
        },
  };
}
