import { noNamespace } from '../../../base/namespace.js';
import type { Random } from '../../../base/random.js';
import type { Exchange, RuleOutcome } from '../../exchanges/index.js';
import { chanceAt } from './chance.js';
import { actingMembers } from './check-outcomes.js';
import type { CheckedRule } from './check.js';
import { matcherOf, type Matcher } from './matching.js';
import type { FaultRule } from './rule.js';
import { ScenarioStates } from './scenarios.js';
import { Sequence, type SequenceState } from './sequence.js';

/** A fault to apply to exchanges: a fault rule, or the rule behind a magic MatchingID. */
export interface FaultAction extends CheckedRule {
  /** The source shown in journal and log. */
  readonly by: string;
  /** The fault rule. Absent for a magic MatchingID. */
  readonly given?: FaultRule | undefined;
  /** The number of the outcome that the request gets, counted from 1. Absent: the rule has no list of outcomes. */
  readonly outcome?: number | undefined;
  /** Counts one use of the rule. @returns false if the rule has already acted as often as its `times` allows */
  take(): boolean;
  /** Called at the end of the exchange. Absent: there is nothing to do. */
  readonly release?: (() => void) | undefined;
}

/** What a rule decides about one request. */
export interface Decision {
  /** Absent: the rule does nothing to the request. */
  readonly action?: FaultAction | undefined;
  /** The outcome that the request gets. Absent: the rule has no list of outcomes. */
  readonly outcome?: RuleOutcome | undefined;
}

/** The counters of a rule. */
export interface FaultCounters extends SequenceState {
  readonly matched: number;
  readonly hits: number;
  /** Number of random choices. */
  readonly choices: number;
}

/** An active fault rule with its counters and its position in its list of outcomes. */
export class Fault {
  readonly rule: CheckedRule['rule'];
  readonly edits: CheckedRule['edits'];
  /** Whether the facts known so far meet all conditions of the rule. */
  readonly matches: Matcher;
  readonly #outcomes: CheckedRule['outcomes'];
  readonly #sequence: Sequence | undefined;
  #matched: number;
  #hits: number;
  #choices: number;

  constructor(
    readonly id: string,
    { rule, edits, outcomes }: CheckedRule,
    /** Milliseconds since 1970. */
    readonly createdAt: number,
    protected readonly random: Random,
    /** The namespace that the rule applies to. Empty: the whole server. */
    readonly namespace = noNamespace,
    protected readonly scenarios = new ScenarioStates(),
    counted: Partial<FaultCounters> = {},
  ) {
    this.rule = rule;
    this.edits = edits;
    this.#outcomes = outcomes;
    this.#sequence = outcomes && new Sequence(rule, counted);
    this.#matched = counted.matched ?? 0;
    this.#hits = counted.hits ?? 0;
    this.#choices = counted.choices ?? 0;
    const matches = rule.tls === undefined ? matcherOf(rule) : () => false;
    this.matches = (exchange) =>
      (namespace === noNamespace || exchange.facts.namespace === namespace) &&
      matches(exchange) &&
      this.keyOf(exchange) !== undefined &&
      this.isInState(exchange);
  }

  get by(): string {
    return this.rule.name ?? `fault ${this.id}`;
  }

  /** Number of requests that matched. */
  get matched(): number {
    return this.#matched;
  }

  /** Number of requests that the rule acted on. */
  get hits(): number {
    return this.#hits;
  }

  /** The counters, with the position of `key` in the list of outcomes. */
  countersFor(key: string): FaultCounters {
    const positions = [[key, this.#sequence?.position(key) ?? 0] as const];
    const given = this.outcomesGiven ?? [];
    return { matched: this.#matched, hits: this.#hits, choices: this.#choices, given, positions };
  }

  /** Number of requests that got each outcome. `undefined`: the rule has no list of outcomes. */
  get outcomesGiven(): readonly number[] | undefined {
    return this.#sequence?.given;
  }

  get isSpent(): boolean {
    const isOver = (this.rule.countedBy ?? 'rule') === 'rule' && this.#sequence?.isOver('') === true;
    return isOver || this.#isUsedUp;
  }

  get #isUsedUp(): boolean {
    return this.rule.times !== undefined && this.#hits >= this.rule.times;
  }

  /** Counts a matching request. @returns whether the rule acts on it */
  count(): boolean {
    this.#matched++;
    if (this.rule.nth !== undefined && this.rule.nth !== this.#matched) return false;
    return !this.isSpent && this.#isChosen();
  }

  #isChosen(): boolean {
    const { probability, seed } = this.rule;
    return probability === undefined || chanceAt(this.#choices++, probability, seed, this.random);
  }

  /**
   * Counts a matching request, changes the state of the scenario, and takes the next outcome.
   *
   * @returns what the rule does to the request; `undefined`: nothing
   */
  begin(exchange: Exchange): FaultAction | undefined | Promise<FaultAction | undefined> {
    const { action, outcome } = this.decide(exchange);
    if (outcome) exchange.noteRuleOutcome(outcome);
    return action;
  }

  /** Counts a connection. @returns whether the rule acts on it */
  actOnConnection(): boolean | Promise<boolean> {
    return this.count() && this.take();
  }

  /**
   * Decides like {@link begin}, but only with the counters of this process. Changes the counters and the state of the
   * scenario, but not the exchange. A caller that restores counters and state can therefore decide again.
   */
  protected decide(exchange: Exchange): Decision {
    if (!this.count()) return {};
    const next = this.#sequence?.next(this.keyOf(exchange)!);
    if (this.#sequence && next === undefined) return {};
    const { scenario, newState } = this.rule;
    if (newState !== undefined) this.scenarios.set(this.namespace, scenario!, newState);
    if (next === undefined) return { action: this.#action() };
    const { isReal, ...checked } = this.#outcomes![next]!;
    const outcome = next + 1;
    return {
      action: isReal ? undefined : this.#action({ ...checked, outcome }),
      outcome: { by: this.by, outcome, isReal },
    };
  }

  take(): boolean {
    if (this.#isUsedUp) return false;
    this.#hits++;
    return true;
  }

  /**
   * The effects to apply. Applying them counts as a hit. A rule that only sets a state has no effects, so this method
   * counts its hit.
   */
  #action(
    checked: Pick<FaultAction, 'rule' | 'edits' | 'outcome'> = { rule: this.rule, edits: this.edits },
  ): FaultAction | undefined {
    if (actingMembers.some((effect) => checked.rule[effect] !== undefined))
      return { ...checked, by: this.by, given: checked.rule, take: () => this.take() };
    this.take();
    return undefined;
  }

  /** The value of the member that `countedBy` names. `undefined`: not known yet. */
  protected keyOf({ facts }: Exchange): string | undefined {
    const { countedBy = 'rule' } = this.rule;
    return countedBy === 'rule' ? '' : facts[countedBy];
  }

  protected isInState(exchange: Exchange): boolean {
    const { scenario, requiredState } = this.rule;
    return (
      scenario === undefined ||
      requiredState === undefined ||
      this.scenarios.isIn(exchange, this.namespace, scenario, requiredState)
    );
  }
}
