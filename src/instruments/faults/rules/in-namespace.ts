import type { FaultRules } from './fault-rules.js';

/** The fault rules as one scope sees them. */
export type FaultRulesView = Pick<
  FaultRules,
  'add' | 'get' | 'list' | 'remove' | 'scenarios' | 'setScenario' | 'resetScenarios'
>;

/** The fault rules of one namespace. They act only on exchanges about its orders. */
export function faultsIn(rules: FaultRules, namespace: string): FaultRulesView {
  const list: FaultRulesView['list'] = (filter) =>
    rules.list(filter).filter((fault) => fault.namespace === namespace);
  return {
    list,
    add: (rule) => rules.add(rule, namespace),
    get: (id) => list().find((fault) => fault.id === id),
    remove: ({ id, ...filter } = {}) => {
      const meant = list(filter).filter((fault) => id === undefined || fault.id === id);
      for (const fault of meant) rules.remove({ id: fault.id });
      return meant.length;
    },
    scenarios: () => rules.scenarios(namespace),
    setScenario: (name, state) => rules.setScenario(name, state, namespace),
    resetScenarios: (names) => rules.resetScenarios(names, namespace),
  };
}
