/** The counters of a fault rule. */
export interface RuleCounters {
  /** Number of requests that matched. */
  readonly matched: number;
  /** Number of requests that the rule acted on. */
  readonly hits: number;
  /** Number of random choices. */
  readonly choices: number;
  /** Number of requests that got each outcome of the rule's list. */
  readonly given: readonly number[];
  /** Number of outcomes that requests with the same key have received: see {@link RuleAndKey.key}. */
  readonly position: number;
}

/** A fault rule that all processes share. */
export interface SharedRule {
  readonly id: number;
  /** The rule, as JSON. */
  readonly rule: string;
  /** Empty: no namespace. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The counters, with the position for the empty key. */
  readonly counters: RuleCounters;
}

export type NewSharedRule = Pick<SharedRule, 'rule' | 'namespace' | 'createdAt'>;

/** Fault rules that all processes share. */
export interface SharedRules {
  /** All rules, in the order in which they were added. */
  rules(): Promise<readonly SharedRule[]>;
  /** @returns ids of the new rules */
  addRules(rules: readonly NewSharedRule[]): Promise<readonly number[]>;
  removeRules(ids: readonly number[]): Promise<void>;
  /** Removes all rules and scenarios, and adds these rules. */
  replaceRules(rules: readonly NewSharedRule[]): Promise<void>;
  /**
   * Lets `work` decide about one request. Meanwhile no other process can use the same rule or scenario. `work` may run again if the
   * connection breaks.
   *
   * @returns the result of `work`; `undefined` if the rule was removed
   */
  decide<T>(
    about: RuleAndKey,
    work: (before: RuleState) => RuleState & { readonly result: T },
  ): Promise<T | undefined>;
  /** Subtracts one hit of a rule that did not act after all. */
  giveHitBack(id: number): Promise<void>;
  /** All scenarios whose state was set, with their states. */
  scenarios(): Promise<readonly SharedScenario[]>;
  /** @param state absent: returns the scenario to its first state */
  saveScenario(namespace: string, name: string, state: string | undefined): Promise<void>;
}

export interface SharedScenario {
  readonly namespace: string;
  readonly name: string;
  readonly state: string;
}

export interface RuleAndKey {
  readonly id: number;
  /** The value of the member that `countedBy` names. */
  readonly key: string;
  readonly scenario: Omit<SharedScenario, 'state'> | undefined;
}

export interface RuleState {
  readonly counters: RuleCounters;
  /** The state of the scenario. `undefined`: the rule has no scenario, or the scenario is in its first state. */
  readonly state: string | undefined;
}

/** Settings of testers that apply to every process. */
export interface SharedSettings {
  settings(): Promise<ReadonlyMap<string, string>>;
  saveSetting(name: string, value: string): Promise<void>;
}

/** An entry of the shared journal, encoded by the journal. */
export interface SharedEntry {
  readonly id: number;
  /** Milliseconds since 1970 by the clock of the machine that wrote the entry. */
  readonly writtenAt: number;
  readonly octets: Buffer;
}

export type NewSharedEntry = Omit<SharedEntry, 'id'>;

/** The journal that all processes write and read. It keeps only the newest entries. */
export interface SharedEntries {
  /** Appends entries. An entry becomes visible only after all entries with smaller ids, so that a reader never misses an entry. */
  appendEntries(entries: readonly NewSharedEntry[]): Promise<void>;
  /** The oldest entries after the id `after`, in order. */
  entriesAfter(after: number, limit: number): Promise<readonly SharedEntry[]>;
  /** The id of the newest entry. 0: there are no entries. */
  lastEntry(): Promise<number>;
  /** Removes the oldest entries, in large portions, if there are many more than `count`. */
  dropOldEntries(count: number): Promise<void>;
}

/**
 * Messages between processes. `settings`: rules or settings changed. `contents`: rows that processes cache were replaced. `restart`: like
 * `contents`, and seeded randomness begins anew. `flush`: a process wants to read the journal. `journal`: the journal has new entries.
 */
export type Topic = 'settings' | 'contents' | 'restart' | 'flush' | 'journal';

/** A process that shares the state. */
export interface Member {
  /** Reads the changes of another process, or writes the entries that this process holds back. */
  readonly catchUp: (topic: Topic) => Promise<void>;
}

/** The membership of a process in the group of processes that share the state. */
export interface Membership {
  /** Whether no other process was running when this process joined. In that case, joining emptied the shared state. */
  readonly isFirst: boolean;
  /** The lowest number, from 0, that no other running process has. */
  readonly number: number;
  /** Tells the other processes about a change. Does not wait for them. */
  tell(topic: Topic): Promise<void>;
  /** Tells the other processes about a change, and waits until all have caught up, but at most two seconds. */
  everyone(topic: Topic): Promise<void>;
  leave(): Promise<void>;
}

/** The state that all processes on one database share, apart from profiles and orders. */
export interface SharedState extends SharedRules, SharedSettings, SharedEntries {
  /** Joins the processes that share the state. After a lost connection, joins again and catches up with every topic. */
  join(member: Member): Promise<Membership>;
}
