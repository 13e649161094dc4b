import { faultsIn, type Fault } from '../../../instruments/faults/index.js';
import { noNamespace } from '../../../base/namespace.js';
import { isSame, shownNamespace, type Planning, type Step } from '../planning.js';

/** Fault rules. A rule that the server already has is not added again, whatever its counters. */
export async function planFaults(planning: Planning): Promise<readonly Step[]> {
  const { faults } = planning.context;
  const steps: Step[] = [];
  const found = new Set<Fault>();
  for (const [index, { namespace: given, ...rule }] of (planning.seed.faults ?? []).entries()) {
    const path = ['faults', index];
    await planning.attempt(path, () => {
      const namespace = planning.namespaceOf(given, path);
      const rules = faultsIn(faults, namespace === noNamespace ? undefined : namespace);
      const checked = faults.check(rule, namespace);
      const same = faults.all.find(
        (fault) => !found.has(fault) && fault.namespace === namespace && isSame(fault.rule, checked.rule),
      );
      if (same) found.add(same);
      steps.push({
        path,
        items: [
          {
            section: 'faults',
            name: rule.name ?? checked.rule.function ?? `rule ${index + 1}`,
            namespace: shownNamespace(namespace),
            outcome: same ? 'present' : 'added',
          },
        ],
        make: same
          ? undefined
          : async (undo) => {
              const { id } = await rules.add(rule);
              undo.add(() => rules.remove({ id }));
            },
      });
    });
  }
  return steps;
}
