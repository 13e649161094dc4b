import { noNamespace } from '../../../base/namespace.js';
import type { Random } from '../../../base/random.js';
import { chance } from './chance.js';
import type { CheckedRule } from './check.js';
import { matcherOf, type Matcher } from './matching.js';
import type { FaultRule } from './rule.js';

/** What can be done to exchanges on purpose. */
export interface FaultAction extends CheckedRule {
  /** Who does it, for journal and log. */
  readonly by: string;
  /** The fault rule; absent where nobody has given one. */
  readonly given?: FaultRule | undefined;
  /** Takes one of the times that it may be done; false where none is left. */
  take(): boolean;
}

/** A fault rule in force, with its counters. */
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
    /** The one that it is for; empty: the whole server. */
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

  /** Requests that it was for. */
  get matched(): number {
    return this.#matched;
  }

  /** Requests that it has acted on. */
  get hits(): number {
    return this.#hits;
  }

  get isSpent(): boolean {
    return this.rule.times !== undefined && this.#hits >= this.rule.times;
  }

  /** Counts a request that matches. @returns whether the rule is to act on it */
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
