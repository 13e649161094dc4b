import type { Answer } from './answer.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Binding, EventRecord, Profile } from '../../store/index.js';
import type { EditPoint, ReceivedRequest } from './edit-point.js';
import type { ListenerFailure, Origin } from './mishap.js';

/** Somebody who watches exchanges, and steps in on purpose: faults, conducts, the journal. */
export interface Interceptor {
  /** A request has arrived; nothing is known of it but its function. */
  received?(exchange: Exchange, request: ReceivedRequest): void | Promise<void>;
  /** More is known of the exchange. May raise a Refusal, or an Interruption. Nothing has been changed in the store yet. */
  learned?(exchange: Exchange): void | Promise<void>;
  /** `value`, or what is to stand in its place. */
  edit?(exchange: Exchange, point: EditPoint, value: Buffer): Buffer;
  /** The answer is about to go out; what the request has changed is in the store. */
  answering?(exchange: Exchange, answer: Answer): Answer | Promise<Answer>;
  /** The answer as it goes out, for those who only watch. Also told of requests that could not be read. */
  ended?(exchange: Exchange, answer: Answer): void;
}

/** What is known of a request, more with every step of its function. */
export interface Facts {
  /** Upper-case hex. */
  readonly transactionId?: string | undefined;
  /** Which of the servers that this process is the device means. */
  readonly role?: 'smdp' | 'smds' | undefined;
  /** 32 digits, as the eUICC has proved them. */
  readonly eid?: string | undefined;
  /** As asked for: absent and empty both mean look-up by EID. */
  readonly matchingId?: string | undefined;
  readonly iccid?: string | undefined;
  /** That of the order, or the one that the MatchingID begins with; absent: none. */
  readonly namespace?: string | undefined;
  readonly profileId?: number | undefined;
  /** Eight digits. */
  readonly tac?: string | undefined;
  /** Whether the order was made on demand, because the MatchingID stands for a fault. */
  readonly madeOnDemand?: boolean | undefined;
}

/** A check that SGP.22 asks for. */
export interface Check {
  /** Where the specification asks for it: `5.6.3 (2)`. */
  readonly clause: string;
  readonly what: string;
}

/** Something that was done to an exchange on purpose. */
export interface FaultNote {
  /** Who did it: a MatchingID, the name of a fault rule, a conduct. */
  readonly by: string;
  /** What was done: `boundProfilePackage.segments.3: flip -1`. */
  readonly what: string;
  /** The fault rule, where it was one. */
  readonly rule?: object | undefined;
}

/** What the database had that an answer depends on, as it was before the request. */
export interface StoredBefore {
  /** Orders that the device may have meant, of which one was chosen, if any. */
  readonly orders?: readonly Profile[] | undefined;
  /** One-time keys of the last BPP for this profile and eUICC; null: there are none. */
  readonly binding?: Binding | null | undefined;
  /** One that was wanted for the session, and was in use. */
  readonly takenTransactionId?: Buffer | undefined;
  /** What waited for the device at the SM-DS. */
  readonly events?: readonly EventRecord[] | undefined;
}

/** What the server made up for an answer, so that it would not be the same again. */
export interface GeneratedValues {
  /** Random octets that are no secret, in the order in which they were drawn. */
  readonly random: Buffer[];
  /** Signatures, r || s, in their order. */
  readonly signatures: Buffer[];
}

/** What a request has told of its session for good: the result of the installation, or that the device gave it up. */
export type SessionOutcome = 'installed' | 'failed' | 'cancelled';

/** What became of a notification. */
export interface NotificationRecord {
  /** Whether it can be read, and its signature verifies. */
  readonly verified: boolean;
  /** In words: `acted upon`, or why it had no effect. */
  readonly outcome: string;
}

/** One request on its way through a function: what is learned of it, which checks it has passed, who may step in. */
export class Exchange {
  #facts: Facts = {};
  readonly checks: Check[] = [];
  /** Where the request departs from the specification and is served all the same; complete with the conduct `strict`. */
  readonly deviations: Check[] = [];
  /** What was done to it on purpose. */
  readonly notes: FaultNote[] = [];
  readonly madeUp: GeneratedValues = { random: [], signatures: [] };
  /** What must not be shown unless it is asked for, by the name of SGP.22: `otSK.DP`. */
  readonly secrets: Record<string, Buffer> = {};
  /** Monotonic, in milliseconds. */
  readonly begunAt = performance.now();
  #origin: Origin = {};
  #mishap: ListenerFailure | undefined;
  #request: ReceivedRequest | undefined;
  #refusal: Refusal | undefined;
  /** The check that raised each error. */
  readonly #failures = new WeakMap<Error, Check>();
  #order: Profile | undefined;
  #found: StoredBefore = {};
  #stateAfter: string | undefined;
  #conclusion: SessionOutcome | undefined;
  #notification: NotificationRecord | undefined;

  constructor(
    /** The interface that the path belongs to: `ES9+`, `ES2+` … */
    private readonly pathOf: string,
    /** As SGP.22 spells it: `authenticateClient`. */
    readonly functionName: string,
    private readonly interceptors: readonly Interceptor[] = [],
  ) {}

  get facts(): Facts {
    return this.#facts;
  }

  /**
   * The interface that is spoken. LPAs call an SM-DS on the paths of ES9+ too: once the role of the server is known, it
   * tells.
   */
  get interfaceName(): string {
    const { role } = this.#facts;
    if (role === undefined) return this.pathOf;
    return role === 'smds' ? 'ES11' : 'ES9+';
  }

  get origin(): Origin {
    return this.#origin;
  }

  /** Why it was served no function; absent: it was. */
  get mishap(): ListenerFailure | undefined {
    return this.#mishap;
  }

  /** Absent where the request could not be read. */
  get request(): ReceivedRequest | undefined {
    return this.#request;
  }

  /** What it was refused with. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The order that the request was decided about, as it was before. */
  get order(): Profile | undefined {
    return this.#order;
  }

  get found(): StoredBefore {
    return this.#found;
  }

  /** The state in which the request has left the order. */
  get stateAfter(): string | undefined {
    return this.#stateAfter;
  }

  /** What has become of its session; absent where it goes on. */
  get conclusion(): SessionOutcome | undefined {
    return this.#conclusion;
  }

  /** What became of the notification that was received; absent in requests of other functions. */
  get notification(): NotificationRecord | undefined {
    return this.#notification;
  }

  /** @throws Refusal, Interruption where a fault is to be provoked */
  async receive(request: ReceivedRequest): Promise<void> {
    this.#request = request;
    for (const interceptor of this.interceptors) await interceptor.received?.(this, request);
  }

  /**
   * Notes what has become known. To be called before anything is changed in the store.
   *
   * @throws Refusal, Interruption where a fault is to be provoked
   */
  async learn(facts: Facts): Promise<void> {
    this.#facts = { ...this.#facts, ...facts };
    for (const interceptor of this.interceptors) await interceptor.learned?.(this);
  }

  /**
   * Makes a check of the specification. It holds when `fn` returns or resolves. It does not hold when `fn` raises an error,
   * or gives a decision with a `refusal`: the order's part of such a decision is committed before the refusal is raised.
   *
   * @param clause where SGP.22 has the check, with the number of the step: `5.6.3 (2)`
   * @param what what holds: `CERT.EUM and CERT.EUICC are valid`
   * @returns what `fn` gives, a promise where that is one
   */
  check<T>(clause: string, what: string, fn: () => T): T {
    const check = { clause, what };
    try {
      const result = fn();
      if (result instanceof Promise) return this.#checkedLater(check, result) as T;
      return this.#checked(check, result);
    } catch (error) {
      this.#failed(check, error);
      throw error;
    }
  }

  async #checkedLater<T>(check: Check, promise: Promise<T>): Promise<T> {
    try {
      return this.#checked(check, await promise);
    } catch (error) {
      this.#failed(check, error);
      throw error;
    }
  }

  #checked<T>(check: Check, result: T): T {
    const refusal = refusalIn(result);
    if (refusal) this.#failed(check, refusal);
    else this.checks.push(check);
    return result;
  }

  /** Of checks within checks, the innermost is the one that failed. */
  #failed(check: Check, error: unknown): void {
    if (error instanceof Error && !this.#failures.has(error)) this.#failures.set(error, check);
  }

  /** The check that raised the refusal; absent where the message could not be read, or a fault refused it on purpose. */
  get failedCheck(): Check | undefined {
    return this.#refusal && this.#failures.get(this.#refusal);
  }

  /** Notes that the request departs from the specification, without being refused for it. */
  bent(clause: string, what: string): void {
    // A decision that is taken anew comes here again.
    if (this.deviations.some((known) => known.clause === clause && known.what === what)) return;
    this.deviations.push({ clause, what });
  }

  /** Notes where the request came from. */
  cameFrom(origin: Origin): void {
    this.#origin = origin;
  }

  /** Notes why it is served no function. */
  failedWith(mishap: ListenerFailure): void {
    this.#mishap = mishap;
  }

  /** Notes what the request was refused with. */
  refused(refusal: Refusal): void {
    this.#refusal = refusal;
  }

  /** Notes the order that is decided about, as it is before; a decision that is taken anew begins here again. */
  concerns(order: Profile): void {
    this.#order = order;
    this.madeUp.random.length = 0;
    this.madeUp.signatures.length = 0;
  }

  /** Notes what else the database had. */
  depends(found: StoredBefore): void {
    this.#found = { ...this.#found, ...found };
  }

  /** Notes random octets, which are no secret. @returns the same */
  drew(octets: Buffer): Buffer {
    this.madeUp.random.push(octets);
    return octets;
  }

  /** Notes a signature. @returns the same */
  signed(signature: Buffer): Buffer {
    this.madeUp.signatures.push(signature);
    return signature;
  }

  /** Notes the state that the order has been left in. */
  left(state: string): void {
    this.#stateAfter = state;
  }

  /** Notes what has become of the session. */
  concludes(conclusion: SessionOutcome): void {
    this.#conclusion = conclusion;
  }

  /** Notes what became of a notification. */
  records({ verified, outcome }: NotificationRecord): void {
    this.#notification = { verified, outcome };
  }

  /** Notes what was done to the exchange on purpose. */
  noted(by: string, what: string, rule?: object): void {
    this.notes.push({ by, what, ...(rule && { rule }) });
  }

  /** `value`, or what a fault puts in its place. */
  edit(point: EditPoint, value: Buffer): Buffer {
    let edited = value;
    for (const interceptor of this.interceptors) edited = interceptor.edit?.(this, point, edited) ?? edited;
    return edited;
  }

  /** `answer`, or what goes out in its place. */
  async answer(answer: Answer): Promise<Answer> {
    let changed = answer;
    for (const interceptor of this.interceptors)
      changed = (await interceptor.answering?.(this, changed)) ?? changed;
    this.end(changed);
    return changed;
  }

  /** Notes what goes out, finally. */
  end(answer: Answer): void {
    for (const interceptor of this.interceptors) interceptor.ended?.(this, answer);
  }
}

/** The refusal of a decision that is committed before its refusal is raised. */
const refusalIn = (result: unknown): Refusal | undefined =>
  typeof result === 'object' && result !== null && 'refusal' in result && result.refusal instanceof Refusal
    ? result.refusal
    : undefined;
