import type { Exchange } from '../../exchanges/index.js';

/** The state of a scenario until a rule or a tester sets another state. */
export const firstState = 'Started';

/** A scenario and its state. */
export interface Scenario {
  readonly name: string;
  /** Empty: the whole server. */
  readonly namespace: string;
  readonly state: string;
}

/** The states of scenarios. Each namespace has its own scenarios. */
export class ScenarioStates {
  readonly #states = new Map<string, Scenario>();
  /** For each exchange, the state in which it first saw each scenario. The exchange does not see the states that it sets itself. */
  readonly #found = new WeakMap<Exchange, Map<string, string>>();

  /** The scenarios that were set, in the order in which they were first set. */
  get all(): readonly Scenario[] {
    return [...this.#states.values()];
  }

  state(namespace: string, name: string): string {
    return this.#states.get(keyOf(namespace, name))?.state ?? firstState;
  }

  set(namespace: string, name: string, state: string): Scenario {
    const scenario = { namespace, name, state };
    this.#states.set(keyOf(namespace, name), scenario);
    return scenario;
  }

  /** Returns a scenario to its first state. */
  forget(namespace: string, name: string): void {
    this.#states.delete(keyOf(namespace, name));
  }

  clear(): void {
    this.#states.clear();
  }

  /**
   * Whether the scenario is in this state now, and was in this state when the exchange first asked. Each request
   * therefore sees only one state. Of two simultaneous requests, only one can change the state.
   */
  isIn(exchange: Exchange, namespace: string, name: string, state: string): boolean {
    const now = this.state(namespace, name);
    const found = this.#found.get(exchange) ?? new Map<string, string>();
    this.#found.set(exchange, found);
    const key = keyOf(namespace, name);
    if (!found.has(key)) found.set(key, now);
    return now === state && found.get(key) === state;
  }
}

/** A namespace never contains a line break, so keys are unique. */
const keyOf = (namespace: string, name: string): string => `${namespace}\n${name}`;
