import type { Fault } from './fault.js';
import type { FaultRules, RemovalFilter } from './fault-rules.js';
import type { FaultFilter, FaultRule } from './rule.js';
import type { Scenario } from './scenarios.js';

/** The fault rules of one scope: the whole server, or a namespace. */
export interface FaultRulesView {
  /** @throws FaultRuleError */
  add(rule: FaultRule): Promise<Fault>;
  get(id: string): Promise<Fault | undefined>;
  list(filter?: FaultFilter): Promise<readonly Fault[]>;
  /** @returns the number removed */
  remove(filter?: Omit<RemovalFilter, 'namespace'>): Promise<number>;
  scenarios(): Promise<readonly Scenario[]>;
  setScenario(name: string, state: string): Promise<Scenario>;
  /** @param names absent: all @returns the number that returned to the first state */
  resetScenarios(names?: readonly string[]): Promise<number>;
}

/** @param namespace shows only the rules of this namespace. Default: all rules */
export function faultsIn(rules: FaultRules, namespace?: string): FaultRulesView {
  const isVisible = (fault: Fault): boolean => namespace === undefined || fault.namespace === namespace;
  const list: FaultRulesView['list'] = async (filter) => {
    await rules.refresh();
    return rules.list(filter).filter(isVisible);
  };
  return {
    list,
    add: (rule) => rules.addShared(rule, namespace),
    get: async (id) => (await list()).find((fault) => fault.id === id),
    remove: (filter) => rules.removeShared({ ...filter, namespace }),
    scenarios: async () => {
      await rules.refresh();
      return rules.scenarios(namespace);
    },
    setScenario: (name, state) => rules.setScenarioShared(name, state, namespace),
    resetScenarios: (names) => rules.resetScenariosShared(names, namespace),
  };
}
