import type { FaultRules } from './rules.js';

/** What is done with the fault rules that somebody gets to see. */
export type FaultRulesView = Pick<FaultRules, 'add' | 'get' | 'list' | 'remove'>;

/** The rules of one namespace: only these are there, and only exchanges about its orders are what they act on. */
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
  };
}
