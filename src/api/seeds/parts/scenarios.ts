import { firstState } from '../../../instruments/faults/index.js';
import { shownNamespace, type Planning, type Step } from '../planning.js';

/** States of the scenarios that fault rules name. */
export async function planScenarios(planning: Planning): Promise<readonly Step[]> {
  const { scenarios = [] } = planning.seed;
  if (scenarios.length === 0) return [];
  const { faults } = planning.context;
  await faults.refresh();
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, { namespace: given, name, state }] of scenarios.entries()) {
    const path = ['scenarios', index];
    const step = await planning.attempt(path, (): Step => {
      const namespace = planning.namespaceOf(given, path);
      planning.requireNew(names, `${namespace} ${name}`, path, 'the scenario');
      const before = faults.scenarios(namespace).find((scenario) => scenario.name === name)?.state;
      const isThere = (before ?? firstState) === state;
      const outcome = isThere ? 'present' : before === undefined ? 'added' : 'changed';
      return {
        path,
        items: [{ section: 'scenarios', name, namespace: shownNamespace(namespace), outcome }],
        make: isThere
          ? undefined
          : async (undo) => {
              undo.add(() =>
                before === undefined
                  ? faults.resetScenariosShared([name], namespace)
                  : faults.setScenarioShared(name, before, namespace),
              );
              await faults.setScenarioShared(name, state, namespace);
            },
      };
    });
    if (step) steps.push(step);
  }
  return steps;
}
