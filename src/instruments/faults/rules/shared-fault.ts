import type { RuleCounters, SharedRule, SharedRules } from '../../../store/index.js';
import type { Random } from '../../../base/random.js';
import type { Exchange } from '../../exchanges/index.js';
import type { CheckedRule } from './check.js';
import { Fault, type Decision, type FaultAction } from './fault.js';
import type { ScenarioStates } from './scenarios.js';

/** The parts of a {@link SharedFault}. */
export interface SharedFaultParts {
  readonly shared: SharedRules;
  readonly row: SharedRule;
  readonly checked: CheckedRule;
  readonly random: Random;
  readonly scenarios: ScenarioStates;
}

/** The only key of a rule without `countedBy`. */
const theOnlyKey = '';

/**
 * A fault rule that all instances share. The rule decides by the counters and the scenario's state in the database. No
 * other instance can change them during the decision. The counters in this object are a copy for display.
 */
export class SharedFault extends Fault {
  readonly #parts: SharedFaultParts;

  constructor(parts: SharedFaultParts, row = parts.row, key = theOnlyKey) {
    const { checked, random, scenarios } = parts;
    const counted = { ...row.counters, positions: [[key, row.counters.position] as const] };
    super(String(row.id), checked, row.createdAt, random, row.namespace, scenarios, counted);
    this.#parts = parts;
  }

  /** The same rule with other counters. */
  with(row: SharedRule): SharedFault {
    return new SharedFault({ ...this.#parts, row });
  }

  /** Always true, because this process's copy of the state may be out of date. {@link begin} checks the state in the database. */
  protected override isInState(): boolean {
    return true;
  }

  /** Counts a hit at once, so that the instances together do not exceed `times`. Subtracts the hit if the rule does not act. */
  override async begin(exchange: Exchange): Promise<FaultAction | undefined> {
    const decision = await this.#withLatest(this.keyOf(exchange) ?? theOnlyKey, (fault): Decision => {
      if (!fault.#isReallyInState(exchange)) return {};
      const { action, outcome } = fault.decide(exchange);
      return { outcome, action: action?.take() === true ? action : undefined };
    });
    if (decision?.outcome) exchange.noteRuleOutcome(decision.outcome);
    return decision?.action && this.#reserved(decision.action);
  }

  override async actOnConnection(): Promise<boolean> {
    return (await this.#withLatest(theOnlyKey, (fault) => fault.count() && fault.take())) === true;
  }

  /**
   * Calls `work` with the latest counters, and then stores the counters. `work` may run again if the connection to the database
   * breaks.
   *
   * @returns `undefined` if the rule was removed
   */
  #withLatest<T>(key: string, work: (fault: SharedFault) => T): Promise<T | undefined> {
    const { row, shared, scenarios } = this.#parts;
    const { scenario: name } = this.rule;
    const { namespace } = this;
    const scenario = name === undefined ? undefined : { namespace, name };
    return shared.decide({ id: row.id, key, scenario }, ({ counters, state }) => {
      if (name !== undefined) {
        if (state === undefined) scenarios.forget(namespace, name);
        else scenarios.set(namespace, name, state);
      }
      const fault = new SharedFault(this.#parts, { ...row, counters }, key);
      const result = work(fault);
      return {
        result,
        counters: fault.#countersFor(key),
        state: name === undefined ? undefined : scenarios.all.find(isNamed(namespace, name))?.state,
      };
    });
  }

  #countersFor(key: string): RuleCounters {
    const { positions, ...counters } = this.countersFor(key);
    const [[, position] = [key, 0] as const] = [...positions];
    return { ...counters, position };
  }

  #isReallyInState(exchange: Exchange): boolean {
    return super.isInState(exchange);
  }

  #reserved(action: FaultAction): FaultAction {
    let isTaken = false;
    return {
      ...action,
      take: () => (isTaken = true),
      release: () => {
        // If the database cannot be reached, the hit stays counted, and the rule acts one time fewer.
        if (!isTaken) this.#parts.shared.giveHitBack(this.#parts.row.id).catch(() => undefined);
      },
    };
  }
}

const isNamed =
  (namespace: string, name: string) =>
  (one: { readonly namespace: string; readonly name: string }): boolean =>
    one.namespace === namespace && one.name === name;
