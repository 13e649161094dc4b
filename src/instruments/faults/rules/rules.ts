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
  /** What keeps this server from doing what a rule asks for. */
  readonly problemOf?: (rule: FaultRule) => RuleProblem | undefined;
}

/** The fault rules of this process, in the order in which they were made. */
export class FaultRules {
  #faults: readonly Fault[] = [];
  #initial: readonly CheckedRule[] = [];
  #lastId = 0;

  constructor(private readonly context: FaultRulesContext) {}

  /** Those that can still act, and those that are spent. */
  get all(): readonly Fault[] {
    return this.#faults;
  }

  /**
   * @param namespace only exchanges about its orders; default: those of the whole server
   * @throws FaultRuleError where its members do not go together, or where it could never act in the namespace
   */
  add(rule: FaultRule, namespace = noNamespace): Fault {
    return this.#keep(this.check(rule, namespace), namespace);
  }

  /** The rules that the server starts with. @throws FaultRuleError */
  begin(rules: readonly FaultRule[]): void {
    this.#initial = rules.map((rule) => this.check(rule));
    this.reset();
  }

  /** Back to the rules that the server started with, their counters at zero. */
  reset(): void {
    this.#faults = [];
    this.#initial.forEach((checked) => this.#keep(checked));
  }

  get(id: string): Fault | undefined {
    return this.#faults.find((fault) => fault.id === id);
  }

  /** Those whose members have exactly the values of the filter. */
  list(filter: FaultFilter = {}): readonly Fault[] {
    return this.#faults.filter((fault) => agrees(fault, filter));
  }

  /** Removes what {@link list} shows. @returns how many there were */
  remove(filter: FaultFilter & { readonly id?: string } = {}): number {
    const { id, ...rest } = filter;
    const kept = this.#faults.filter(
      (fault) => !((id === undefined || fault.id === id) && agrees(fault, rest)),
    );
    const removed = this.#faults.length - kept.length;
    this.#faults = kept;
    return removed;
  }

  /** Whether this server can do what a rule asks for. @throws FaultRuleError where it makes no sense, or cannot be done */
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
