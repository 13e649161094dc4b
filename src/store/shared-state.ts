/** What a fault rule has counted. */
export interface RuleCounters {
  /** Number of requests that matched. */
  readonly matched: number;
  /** Number of requests that the rule acted on. */
  readonly hits: number;
  /** Number of random choices. */
  readonly choices: number;
  /** Number of requests that got each outcome of the rule's list. */
  readonly given: readonly number[];
  /** Number of outcomes that one key has had. */
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
  /** With the position of the empty key. */
  readonly counters: RuleCounters;
}

export type NewSharedRule = Pick<SharedRule, 'rule' | 'namespace' | 'createdAt'>;

/** Fault rules that act at every process. */
export interface SharedRules {
  /** All rules, in the order in which they were added. */
  rules(): Promise<readonly SharedRule[]>;
  /** @returns their ids */
  addRules(rules: readonly NewSharedRule[]): Promise<readonly number[]>;
  removeRules(ids: readonly number[]): Promise<void>;
  /** Removes all rules and scenarios, and adds these rules. */
  replaceRules(rules: readonly NewSharedRule[]): Promise<void>;
  /**
   * Lets `work` decide about one request. No other process decides by the same rule or scenario meanwhile. `work` may run again if the
   * connection breaks.
   *
   * @returns its result; `undefined` if the rule was removed
   */
  decide<T>(
    about: RuleAndKey,
    work: (before: RuleState) => RuleState & { readonly result: T },
  ): Promise<T | undefined>;
  /** Takes back one hit, because the rule did not act after all. */
  giveHitBack(id: number): Promise<void>;
  /** The scenarios that were set, and their states. */
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
  /** The value that the rule counts by. */
  readonly key: string;
  readonly scenario: Omit<SharedScenario, 'state'> | undefined;
}

export interface RuleState {
  readonly counters: RuleCounters;
  /** The state of the scenario. `undefined`: there is none, or it is in its first state. */
  readonly state: string | undefined;
}

/** Settings of testers that hold at every process. */
export interface SharedSettings {
  settings(): Promise<ReadonlyMap<string, string>>;
  /** @param value absent: removes the setting */
  saveSetting(name: string, value: string | undefined): Promise<void>;
}

/** An entry of the shared journal, in a form that the journal understands. */
export interface SharedEntry {
  readonly id: number;
  /** Milliseconds since 1970 by the clock of the machine that wrote it. */
  readonly writtenAt: number;
  readonly octets: Buffer;
}

export type NewSharedEntry = Omit<SharedEntry, 'id'>;

/** The journal that all processes write and read. The newest entries are kept. */
export interface SharedEntries {
  /** Appends entries. An entry becomes visible only after all entries with smaller ids, so that a reader never misses one. */
  appendEntries(entries: readonly NewSharedEntry[]): Promise<void>;
  /** The oldest entries after the id `after`, in order. */
  entriesAfter(after: number, limit: number): Promise<readonly SharedEntry[]>;
  /** The id of the newest entry; 0 before there is one. */
  lastEntry(): Promise<number>;
  /** Removes the oldest entries if there are many more than `count`. Removes them in large portions. */
  dropOldEntries(count: number): Promise<void>;
}

/**
 * What a process tells the others. `settings`: rules or settings changed. `contents`: rows that processes cache were replaced.
 * `restart`: in addition, seeded randomness begins anew. `flush`: somebody wants to read the journal. `journal`: it has new entries.
 */
export type Topic = 'settings' | 'contents' | 'restart' | 'flush' | 'journal';

/** A process that shares the state. */
export interface Member {
  /** Takes in what another process changed, or writes what this one holds back. */
  readonly catchUp: (topic: Topic) => Promise<void>;
}

/** A process's place among those that share the state. */
export interface Membership {
  /** Whether no other process was running when this one joined. The shared state was emptied then. */
  readonly isFirst: boolean;
  /** The lowest number that no other running process has, from 0. */
  readonly number: number;
  /** Tells the other processes. They catch up soon. */
  tell(topic: Topic): Promise<void>;
  /** Tells the other processes, and waits until all have caught up. Gives up after two seconds. */
  everyone(topic: Topic): Promise<void>;
  leave(): Promise<void>;
}

/** The state that all processes on one database share, apart from what the orders need. */
export interface SharedState extends SharedRules, SharedSettings, SharedEntries {
  /** Joins the processes that share the state. After a lost connection, joins again and catches up with every topic. */
  join(member: Member): Promise<Membership>;
}
