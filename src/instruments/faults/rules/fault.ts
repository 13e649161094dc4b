import { noNamespace } from '../../../base/namespace.js';
import type { Random } from '../../../base/random.js';
import { chance } from './chance.js';
import type { CheckedRule } from './check.js';
import { matcherOf, type Matcher } from './matching.js';
import type { FaultRule } from './rule.js';

/** A fault to apply to exchanges: a fault rule, or the rule behind a magic MatchingID. */
export interface FaultAction extends CheckedRule {
  /** The source shown in journal and log. */
  readonly by: string;
  /** The fault rule. Absent for a magic MatchingID. */
  readonly given?: FaultRule | undefined;
  /** Uses up one of the rule's `times`. @returns false if none is left */
  take(): boolean;
}

/** An active fault rule with its counters. */
export class Fault implements FaultAction {
  readonly rule: CheckedRule['rule'];
  readonly edits: CheckedRule['edits'];
  readonly matches: Matcher;
  readonly #decide: () => boolean;
  #matched = 0;
  #hits = 0;

  constructor(
    readonly id: string,
    { rule, edits }: CheckedRule,
    /** Milliseconds since 1970. */
    readonly createdAt: number,
    random: Random,
    /** The namespace that the rule applies to. Empty: the whole server. */
    readonly namespace = noNamespace,
  ) {
    this.rule = rule;
    this.edits = edits;
    const matches = rule.tls === undefined ? matcherOf(rule) : () => false;
    this.matches =
      namespace === noNamespace
        ? matches
        : (exchange) => exchange.facts.namespace === namespace && matches(exchange);
    this.#decide = rule.probability === undefined ? () => true : chance(rule.probability, rule.seed, random);
  }

  get given(): FaultRule {
    return this.rule;
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

  get isSpent(): boolean {
    return this.rule.times !== undefined && this.#hits >= this.rule.times;
  }

  /** Counts a matching request. @returns whether the rule acts on it */
  count(): boolean {
    this.#matched++;
    if (this.rule.nth !== undefined && this.rule.nth !== this.#matched) return false;
    return !this.isSpent && this.#decide();
  }

  take(): boolean {
    if (this.isSpent) return false;
    this.#hits++;
    return true;
  }
}
