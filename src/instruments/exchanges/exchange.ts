import type { Profile } from '../../store/index.js';
import type { Refusal } from '../../wire/rsp/index.js';
import type { Answer } from './answer.js';
import { Checks, type Check } from './checks.js';
import type { EditPoint, ReceivedRequest } from './edit-point.js';
import type { Facts } from './facts.js';
import type { ListenerFailure, Origin } from './listener-failure.js';
import type {
  FaultNote,
  GeneratedValues,
  NotificationRecord,
  RuleOutcome,
  SessionOutcome,
  StoredBefore,
} from './notes.js';

/** Watches exchanges, and may change them on purpose. Interceptors are the fault rules, the conducts and the journal. */
export interface Interceptor {
  /** A request has arrived. So far only its function is known. */
  received?(exchange: Exchange, request: ReceivedRequest): void | Promise<void>;
  /**
   * New facts about the exchange are known. The store is still unchanged.
   *
   * @throws Refusal, Interruption to stop the request
   */
  learned?(exchange: Exchange): void | Promise<void>;
  /** @returns the answer of another server, if this server does not answer itself */
  handle?(exchange: Exchange, request: ReceivedRequest): Promise<Answer | undefined>;
  /** @returns `value` itself, or a replacement */
  edit?(exchange: Exchange, point: EditPoint, value: Buffer): Buffer;
  /** The answer is about to be sent. The changes made by the request are in the store. */
  answering?(exchange: Exchange, answer: Answer): Answer | Promise<Answer>;
  /** The final answer, which can no longer be changed. Also called for requests that could not be parsed. */
  ended?(exchange: Exchange, answer: Answer): void;
}

/** The parts of an exchange that another process recorded. */
export interface RecordedExchange {
  readonly facts: Facts;
  readonly request: ReceivedRequest | undefined;
  readonly checks: readonly Check[];
  readonly failedCheck: Check | undefined;
}

/** One request, with the facts known so far, the checks that it passed, and its interceptors. */
export class Exchange {
  #facts: Facts = {};
  readonly #checks = new Checks();
  /** Deviations from the specification that the server tolerates. The list is complete only with the conduct `strict`. */
  readonly deviations: Check[] = [];
  /** Changes that faults and conducts made to the exchange. */
  readonly faultNotes: FaultNote[] = [];
  /** The outcomes that fault rules chose for the exchange from their lists of outcomes. */
  readonly ruleOutcomes: RuleOutcome[] = [];
  readonly generated: GeneratedValues = { random: [], signatures: [] };
  /** Values to show only on request, under their SGP.22 names: `otSK.DP`. */
  readonly secrets: Record<string, Buffer> = {};
  #origin: Origin = {};
  #listenerFailure: ListenerFailure | undefined;
  #request: ReceivedRequest | undefined;
  #refusal: Refusal | undefined;
  #order: Profile | undefined;
  #storedBefore: StoredBefore = {};
  #stateAfter: string | undefined;
  #forwardedTo: string | undefined;
  #sessionOutcome: SessionOutcome | undefined;
  #notification: NotificationRecord | undefined;

  constructor(
    /** The interface that the path belongs to: `ES9+`, `ES2+` … */
    private readonly pathInterface: string,
    /** As SGP.22 spells it: `authenticateClient`. */
    readonly functionName: string,
    private readonly interceptors: readonly Interceptor[] = [],
    /** Monotonic time of arrival in milliseconds. */
    readonly startedAt = performance.now(),
  ) {}

  get facts(): Facts {
    return this.#facts;
  }

  /**
   * The interface of the request. An LPA uses the paths of ES9+ for an SM-DS too. Once the server role is known, the
   * interface follows from the role.
   */
  get interfaceName(): string {
    const { role } = this.#facts;
    if (role === undefined) return this.pathInterface;
    return role === 'smds' ? 'ES11' : 'ES9+';
  }

  get origin(): Origin {
    return this.#origin;
  }

  /** Why the request reached no function. Absent if the request reached a function. */
  get listenerFailure(): ListenerFailure | undefined {
    return this.#listenerFailure;
  }

  /** Absent if the request could not be parsed. */
  get request(): ReceivedRequest | undefined {
    return this.#request;
  }

  /** Base URL of the other SM-DP+ that the request was passed on to. Absent: this server answered. */
  get forwardedTo(): string | undefined {
    return this.#forwardedTo;
  }

  /** The refusal that the server sent. Absent: the request was not refused. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The order of the request, in its state before the request. */
  get order(): Profile | undefined {
    return this.#order;
  }

  get storedBefore(): StoredBefore {
    return this.#storedBefore;
  }

  /** State of the order after the request. */
  get stateAfter(): string | undefined {
    return this.#stateAfter;
  }

  /** The final outcome of the session. Absent while the session goes on. */
  get sessionOutcome(): SessionOutcome | undefined {
    return this.#sessionOutcome;
  }

  /** How the server treated the notification. Absent for all functions except handleNotification. */
  get notification(): NotificationRecord | undefined {
    return this.#notification;
  }

  /** @throws Refusal, Interruption when a fault stops the request */
  async receive(request: ReceivedRequest): Promise<void> {
    this.#request = request;
    for (const interceptor of this.interceptors) await interceptor.received?.(this, request);
  }

  /** @returns the answer of another server, if the request is passed on @throws Refusal, Interruption */
  async handleElsewhere(): Promise<Answer | undefined> {
    if (!this.#request) return undefined;
    for (const interceptor of this.interceptors) {
      const answer = await interceptor.handle?.(this, this.#request);
      if (answer) return answer;
    }
    return undefined;
  }

  /**
   * Adds facts and passes them to the interceptors. Call it before changing anything in the store.
   *
   * @throws Refusal, Interruption when a fault stops the request
   */
  async learn(facts: Facts): Promise<void> {
    this.#facts = { ...this.#facts, ...facts };
    for (const interceptor of this.interceptors) await interceptor.learned?.(this);
  }

  /** Runs a check of the specification: see {@link Checks.run}. */
  check<T>(clause: string, what: string, fn: () => T): T {
    return this.#checks.run(clause, what, fn);
  }

  /** The checks that the request passed, in order. */
  get checks(): readonly Check[] {
    return this.#checks.passed;
  }

  /**
   * The check that raised the refusal. Absent if the message could not be decoded, or if a fault refused the request.
   */
  get failedCheck(): Check | undefined {
    return this.#refusal && this.#checks.raising(this.#refusal);
  }

  /** Takes over what another process recorded: facts, request and checks. */
  restore(recorded: RecordedExchange, refusal: Refusal | undefined): void {
    this.#facts = recorded.facts;
    this.#request = recorded.request;
    this.#checks.restore(recorded, refusal);
  }

  /** Records a deviation from the specification that the server tolerates. */
  noteDeviation(clause: string, what: string): void {
    // A retried decision records its deviations again.
    if (this.deviations.some((known) => known.clause === clause && known.what === what)) return;
    this.deviations.push({ clause, what });
  }

  /** Records the origin of the request. */
  noteOrigin(origin: Origin): void {
    this.#origin = origin;
  }

  /** Records why the request reached no function. */
  noteListenerFailure(failure: ListenerFailure): void {
    this.#listenerFailure = failure;
  }

  /** Records that the request is passed on. */
  noteForwarding(to: string): void {
    this.#forwardedTo = to;
  }

  /** Records the refusal. */
  noteRefusal(refusal: Refusal): void {
    this.#refusal = refusal;
  }

  /** Records the order as it is before the request. Called again on each retry of the decision. */
  noteOrder(order: Profile): void {
    this.#order = order;
    this.generated.random.length = 0;
    this.generated.signatures.length = 0;
  }

  /** Records other stored data that the answer depends on. */
  noteStored(stored: StoredBefore): void {
    this.#storedBefore = { ...this.#storedBefore, ...stored };
  }

  /** Records random octets that are not secret. @returns the same octets */
  noteRandom(octets: Buffer): Buffer {
    this.generated.random.push(octets);
    return octets;
  }

  /** Records a signature. @returns the same signature */
  noteSignature(signature: Buffer): Buffer {
    this.generated.signatures.push(signature);
    return signature;
  }

  /** Records the state of the order after the request. */
  noteState(state: string): void {
    this.#stateAfter = state;
  }

  /** Records the final outcome of the session. */
  noteOutcome(outcome: SessionOutcome): void {
    this.#sessionOutcome = outcome;
  }

  /** Records how the server treated the notification. */
  noteNotification({ verified, outcome }: NotificationRecord): void {
    this.#notification = { verified, outcome };
  }

  /** Records a change made on purpose. */
  noteFault(by: string, what: string, rule?: object, outcome?: number): void {
    this.faultNotes.push({ by, what, ...(rule && { rule }), ...(outcome !== undefined && { outcome }) });
  }

  /** Records the outcome that a fault rule chose from its list. */
  noteRuleOutcome(outcome: RuleOutcome): void {
    this.ruleOutcomes.push(outcome);
  }

  /** @returns `value`, or the replacement that a fault provides */
  edit(point: EditPoint, value: Buffer): Buffer {
    let edited = value;
    for (const interceptor of this.interceptors) edited = interceptor.edit?.(this, point, edited) ?? edited;
    return edited;
  }

  /** @returns `answer`, or the replacement that a fault provides */
  async answer(answer: Answer): Promise<Answer> {
    let changed = answer;
    for (const interceptor of this.interceptors)
      changed = (await interceptor.answering?.(this, changed)) ?? changed;
    this.end(changed);
    return changed;
  }

  /** Passes the final answer to the interceptors. */
  end(answer: Answer): void {
    for (const interceptor of this.interceptors) interceptor.ended?.(this, answer);
  }
}
