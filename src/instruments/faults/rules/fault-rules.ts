import { noNamespace } from '../../../base/namespace.js';
import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import { checkRule, FaultRuleError, type CheckedRule } from './check.js';
import type { RuleProblem } from './problem.js';
import { requireKnownNamespace } from './known-namespace.js';
import { Fault } from './fault.js';
import { matchers, type FaultFilter, type FaultRule } from './rule.js';
import { ScenarioStates, type Scenario } from './scenarios.js';

export interface FaultRulesContext {
  readonly clock: Clock;
  readonly random: Random;
  /** Returns why this server cannot carry out a rule. `undefined` if it can. */
  readonly problemOf?: (rule: FaultRule) => RuleProblem | undefined;
}

/** The fault rules of this process, in the order they were added. */
export class FaultRules {
  #faults: readonly Fault[] = [];
  #initial: readonly CheckedRule[] = [];
  readonly #scenarios = new ScenarioStates();
  #lastId = 0;

  constructor(private readonly context: FaultRulesContext) {}

  /** All rules, including spent ones. */
  get all(): readonly Fault[] {
    return this.#faults;
  }

  /**
   * @param namespace limits the rule to exchanges about orders of this namespace. Default: the whole server
   * @throws FaultRuleError if members of the rule exclude each other, or if the rule could never act in the namespace
   */
  add(rule: FaultRule, namespace = noNamespace): Fault {
    return this.#keep(this.check(rule, namespace), namespace);
  }

  /** Sets the rules that the server starts with. @throws FaultRuleError */
  begin(rules: readonly FaultRule[]): void {
    this.#initial = rules.map((rule) => this.check(rule));
    this.reset();
  }

  /** Restores the rules that the server started with, with their counters at zero and their scenarios at the beginning. */
  reset(): void {
    this.#faults = [];
    this.#scenarios.clear();
    this.#initial.forEach((checked) => this.#keep(checked));
  }

  get(id: string): Fault | undefined {
    return this.#faults.find((fault) => fault.id === id);
  }

  /** The rules that have exactly the values of the filter. */
  list(filter: FaultFilter = {}): readonly Fault[] {
    return this.#faults.filter((fault) => agrees(fault, filter));
  }

  /** Removes the rules that {@link list} would show. @returns the number removed */
  remove(filter: FaultFilter & { readonly id?: string } = {}): number {
    const { id, ...rest } = filter;
    const kept = this.#faults.filter(
      (fault) => !((id === undefined || fault.id === id) && agrees(fault, rest)),
    );
    const removed = this.#faults.filter((fault) => !kept.includes(fault));
    this.#faults = kept;
    this.#forgetScenariosOf(removed);
    return removed.length;
  }

  /**
   * The scenarios that rules name or that were set.
   *
   * @param namespace only its scenarios; absent: all
   */
  scenarios(namespace?: string): readonly Scenario[] {
    const named = this.#faults.flatMap(({ rule: { scenario: name }, namespace: within }) =>
      name === undefined ? [] : [{ name, namespace: within, state: this.#scenarios.state(within, name) }],
    );
    const all = new Map(
      [...named, ...this.#scenarios.all].map((one) => [`${one.namespace}\n${one.name}`, one]),
    );
    return [...all.values()].filter((one) => namespace === undefined || one.namespace === namespace);
  }

  /** Sets the state of a scenario, which need not exist. */
  setScenario(name: string, state: string, namespace = noNamespace): Scenario {
    return this.#scenarios.set(namespace, name, state);
  }

  /** Returns scenarios to their first state. @param names absent: all @returns their number */
  resetScenarios(names?: readonly string[], namespace?: string): number {
    const meant = this.scenarios(namespace).filter(({ name }) => names?.includes(name) ?? true);
    for (const { name, namespace: within } of meant) this.#scenarios.forget(within, name);
    return meant.length;
  }

  /** The state of a scenario ends with the last rule that names it. */
  #forgetScenariosOf(removed: readonly Fault[]): void {
    for (const { rule, namespace } of removed) {
      const { scenario } = rule;
      const isNamed = this.#faults.some(
        (fault) => fault.rule.scenario === scenario && fault.namespace === namespace,
      );
      if (scenario !== undefined && !isNamed) this.#scenarios.forget(namespace, scenario);
    }
  }

  /** Checks that this server can carry out a rule. @throws FaultRuleError if the rule is invalid or cannot be carried out */
  check(rule: FaultRule, namespace = noNamespace): CheckedRule {
    const checked = checkRule(rule);
    if (namespace !== noNamespace) requireKnownNamespace(checked);
    const problem = this.context.problemOf?.(checked.rule);
    if (problem) throw new FaultRuleError([problem]);
    return checked;
  }

  #keep(checked: CheckedRule, namespace = noNamespace): Fault {
    const { clock, random } = this.context;
    const id = String(++this.#lastId);
    const fault = new Fault(id, checked, clock.now().getTime(), random, namespace, this.#scenarios);
    this.#faults = [...this.#faults, fault];
    return fault;
  }
}

const agrees = ({ rule }: Fault, filter: FaultFilter): boolean =>
  (['name', ...matchers] as const).every(
    (member) => filter[member] === undefined || filter[member] === rule[member],
  );
