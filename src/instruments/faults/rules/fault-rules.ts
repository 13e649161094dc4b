import { OneMoreRun } from '../../../base/one-more-run.js';
import { noNamespace } from '../../../base/namespace.js';
import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import type { SharedRule, SharedRules } from '../../../store/index.js';
import { checkRule, FaultRuleError, type CheckedRule } from './check.js';
import type { RuleProblem } from './problem.js';
import { requireKnownNamespace } from './known-namespace.js';
import { Fault } from './fault.js';
import { matchers, type FaultFilter, type FaultRule } from './rule.js';
import { ScenarioStates, type Scenario } from './scenarios.js';
import { SharedFault } from './shared-fault.js';

export interface FaultRulesContext {
  readonly clock: Clock;
  readonly random: Random;
  /** Returns why this server cannot carry out a rule. `undefined` if it can. */
  readonly problemOf?: (rule: FaultRule) => RuleProblem | undefined;
}

/** Selects the rules to remove. */
export type RemovalFilter = FaultFilter & {
  readonly id?: string | undefined;
  /** Absent: the rules of all namespaces. */
  readonly namespace?: string | undefined;
};

/**
 * The fault rules, in the order they were added. Other processes share the rules only after a call of {@link
 * FaultRules.share}.
 */
export class FaultRules {
  #faults: readonly Fault[] = [];
  #initial: readonly CheckedRule[] = [];
  readonly #scenarios = new ScenarioStates();
  #lastId = 0;
  #shared: SharedRules | undefined;
  readonly #reading = new OneMoreRun(async () => {
    if (this.#shared) await this.#read(this.#shared);
  });

  constructor(private readonly context: FaultRulesContext) {}

  /** All rules, including spent rules. */
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

  /** Restores the rules that the server started with, with their counters at zero and all scenarios in their first state. */
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
  remove(filter: RemovalFilter = {}): number {
    const removed = this.#meant(filter);
    this.#faults = this.#faults.filter((fault) => !removed.includes(fault));
    this.#forgetScenariosOf(removed);
    return removed.length;
  }

  /**
   * The scenarios that a rule names, and the scenarios whose state was set.
   *
   * @param namespace lists only the scenarios of this namespace; absent: all scenarios
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

  /** Sets the state of a scenario. The scenario need not exist. */
  setScenario(name: string, state: string, namespace = noNamespace): Scenario {
    return this.#scenarios.set(namespace, name, state);
  }

  /** Returns scenarios to their first state. @param names absent: all scenarios @returns how many scenarios were reset */
  resetScenarios(names?: readonly string[], namespace?: string): number {
    const meant = this.scenarios(namespace).filter(({ name }) => names?.includes(name) ?? true);
    for (const { name, namespace: within } of meant) this.#scenarios.forget(within, name);
    return meant.length;
  }

  /**
   * Keeps the rules in a state that several processes share. From then on, only the methods whose names end with `Shared` change them.
   *
   * @param isFirst true: the initial rules apply; false: the rules that another process has already shared apply
   */
  async share(shared: SharedRules, isFirst: boolean): Promise<void> {
    this.#shared = shared;
    await (isFirst ? this.resetShared() : this.refresh());
  }

  /** Reads shared rules, their counters and their scenarios anew. */
  async refresh(): Promise<void> {
    if (this.#shared) await this.#reading.run();
  }

  /** Like {@link add}, also for shared rules. */
  async addShared(rule: FaultRule, namespace = noNamespace): Promise<Fault> {
    if (!this.#shared) return this.add(rule, namespace);
    const [id] = await this.#shared.addRules([this.#rowOf(this.check(rule, namespace), namespace)]);
    await this.refresh();
    const added = this.get(String(id));
    if (!added) throw new Error(`the fault rule ${id} was removed immediately after it was added`);
    return added;
  }

  /** Like {@link remove}, also for shared rules. */
  async removeShared(filter: RemovalFilter = {}): Promise<number> {
    if (!this.#shared) return this.remove(filter);
    await this.refresh();
    const meant = this.#meant(filter);
    await this.#shared.removeRules(meant.map(({ id }) => Number(id)));
    await this.refresh();
    for (const { namespace, name } of this.#forgetScenariosOf(meant))
      await this.#shared.saveScenario(namespace, name, undefined);
    return meant.length;
  }

  /** Like {@link reset}, also for shared rules. */
  async resetShared(): Promise<void> {
    if (!this.#shared) return this.reset();
    await this.#shared.replaceRules(this.#initial.map((checked) => this.#rowOf(checked)));
    await this.refresh();
  }

  /** Like {@link setScenario}, also for shared rules. */
  async setScenarioShared(name: string, state: string, namespace = noNamespace): Promise<Scenario> {
    await this.#shared?.saveScenario(namespace, name, state);
    return this.setScenario(name, state, namespace);
  }

  /** Like {@link resetScenarios}, also for shared rules. */
  async resetScenariosShared(names?: readonly string[], namespace?: string): Promise<number> {
    await this.refresh();
    const meant = this.scenarios(namespace).filter(({ name }) => names?.includes(name) ?? true);
    for (const one of meant) await this.#shared?.saveScenario(one.namespace, one.name, undefined);
    return this.resetScenarios(names, namespace);
  }

  #meant({ id, namespace, ...rest }: RemovalFilter): readonly Fault[] {
    return this.#faults.filter(
      (fault) =>
        (id === undefined || fault.id === id) &&
        (namespace === undefined || fault.namespace === namespace) &&
        agrees(fault, rest),
    );
  }

  /** Returns a scenario to its first state when the last rule that names it is removed. @returns the scenarios that returned to their first state */
  #forgetScenariosOf(removed: readonly Fault[]): readonly Omit<Scenario, 'state'>[] {
    const isNamed = (namespace: string, scenario: string): boolean =>
      this.#faults.some((fault) => fault.rule.scenario === scenario && fault.namespace === namespace);
    const ending = removed.flatMap(({ namespace, rule: { scenario: name } }) =>
      name === undefined || isNamed(namespace, name) ? [] : [{ namespace, name }],
    );
    for (const { namespace, name } of ending) this.#scenarios.forget(namespace, name);
    return ending;
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

  #rowOf({ rule }: CheckedRule, namespace = noNamespace) {
    return { rule: JSON.stringify(rule), namespace, createdAt: this.context.clock.now().getTime() };
  }

  async #read(shared: SharedRules): Promise<void> {
    const [rows, scenarios] = await Promise.all([shared.rules(), shared.scenarios()]);
    const known = new Map(this.#faults.map((fault) => [fault.id, fault]));
    this.#faults = rows.flatMap((row) => {
      const fault = known.get(String(row.id));
      return fault instanceof SharedFault ? fault.with(row) : this.#sharedFault(shared, row);
    });
    this.#scenarios.clear();
    for (const { namespace, name, state } of scenarios) this.#scenarios.set(namespace, name, state);
  }

  /** Ignores a rule that only a newer version of the program knows. */
  #sharedFault(shared: SharedRules, row: SharedRule): readonly Fault[] {
    try {
      const checked = checkRule(JSON.parse(row.rule) as FaultRule);
      const { random } = this.context;
      return [new SharedFault({ shared, row, checked, random, scenarios: this.#scenarios })];
    } catch (error) {
      if (error instanceof FaultRuleError) return [];
      throw error;
    }
  }
}

const agrees = ({ rule }: Fault, filter: FaultFilter): boolean =>
  (['name', ...matchers] as const).every(
    (member) => filter[member] === undefined || filter[member] === rule[member],
  );
