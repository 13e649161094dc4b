import { noNamespace } from '../../../base/namespace.js';
import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import { checkRule, FaultRuleError, type CheckedRule, type RuleProblem } from './check.js';
import { requireKnownNamespace } from './known-namespace.js';
import { Fault } from './fault.js';
import { matchers, type FaultFilter, type FaultRule } from './rule.js';

export interface FaultRulesContext {
  readonly clock: Clock;
  readonly random: Random;
  /** Returns why this server cannot carry out a rule. */
  readonly problemOf?: (rule: FaultRule) => RuleProblem | undefined;
}

/** The fault rules of this process, in the order they were added. */
export class FaultRules {
  #faults: readonly Fault[] = [];
  #initial: readonly CheckedRule[] = [];
  #lastId = 0;

  constructor(private readonly context: FaultRulesContext) {}

  /** All rules, including spent ones. */
  get all(): readonly Fault[] {
    return this.#faults;
  }

  /**
   * @param namespace limits the rule to exchanges about orders of this namespace. Default: the whole server
   * @throws FaultRuleError if its members do not go together, or if it could never act in the namespace
   */
  add(rule: FaultRule, namespace = noNamespace): Fault {
    return this.#keep(this.check(rule, namespace), namespace);
  }

  /** Sets the rules that the server starts with. @throws FaultRuleError */
  begin(rules: readonly FaultRule[]): void {
    this.#initial = rules.map((rule) => this.check(rule));
    this.reset();
  }

  /** Restores the rules that the server started with, with their counters at zero. */
  reset(): void {
    this.#faults = [];
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
    const removed = this.#faults.length - kept.length;
    this.#faults = kept;
    return removed;
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
    const fault = new Fault(String(++this.#lastId), checked, clock.now().getTime(), random, namespace);
    this.#faults = [...this.#faults, fault];
    return fault;
  }
}

const agrees = ({ rule }: Fault, filter: FaultFilter): boolean =>
  (['name', ...matchers] as const).every(
    (member) => filter[member] === undefined || filter[member] === rule[member],
  );
