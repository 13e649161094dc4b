import type { FaultExampleView, FaultView, MagicCodeView, ScenarioView } from '../api/index.js';
import type { FaultFilter, FaultRule } from '../instruments/faults/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Rules that make the server misbehave on purpose. All calls throw ControlError. */
export interface FaultCalls {
  /** Adds a rule. 400: a member is wrong, or the members contradict each other. */
  add(rule: FaultRule): Promise<FaultView>;
  /** Lists rules with their counters, oldest first. */
  list(filter?: FaultFilter): Promise<readonly FaultView[]>;
  /** 404: the rule does not exist, or was removed. */
  get(id: string): Promise<FaultView>;
  /** 404: the rule does not exist, or was removed. */
  remove(id: string): Promise<void>;
  /** Removes the rules that match the filter. Without a filter, removes all rules. @returns number of removed rules */
  clear(filter?: FaultFilter): Promise<number>;
  /** Lists the scenarios of rules with their states. */
  scenarios(): Promise<readonly ScenarioView[]>;
  /** Sets the state of a scenario, whether a rule names it or not. */
  setScenario(name: string, state: string): Promise<ScenarioView>;
  /** Returns a scenario to the state `Started`. 404: there is no such scenario. */
  resetScenario(name: string): Promise<void>;
  /** Returns all scenarios to the state `Started`. */
  resetScenarios(): Promise<void>;
  /** Lists the kinds of MatchingIDs that trigger a fault without a rule. */
  codes(): Promise<readonly MagicCodeView[]>;
  /** Lists example rules for faults that no MatchingID can select. */
  examples(): Promise<readonly FaultExampleView[]>;
}

export function faultsBy(call: CallApi): FaultCalls {
  return {
    add: (rule) => call('POST', '/faults', { body: rule }),
    list: (filter = {}) => itemsOf(call, '/faults', filter),
    get: (id) => call('GET', `/faults/${step(id)}`),
    remove: (id) => call('DELETE', `/faults/${step(id)}`),
    clear: async (filter = {}) =>
      (await call<{ removed: number }>('DELETE', '/faults', { query: filter })).removed,
    scenarios: () => itemsOf(call, '/faults/scenarios'),
    setScenario: (name, state) => call('PUT', `/faults/scenarios/${step(name)}`, { body: { state } }),
    resetScenario: (name) => call('DELETE', `/faults/scenarios/${step(name)}`),
    resetScenarios: async () => {
      await call('DELETE', '/faults/scenarios');
    },
    codes: () => itemsOf(call, '/faults/codes'),
    examples: () => itemsOf(call, '/faults/examples'),
  };
}
