import type { Callback, Operator, Store } from '../store/index.js';
import type { Clock } from '../base/clock.js';
import { judge } from './answer.js';
import { backOff } from './back-off.js';
import { connectOperator, type ClientTls, type OperatorClient } from './operator-client.js';

/** Calls to one operator that are under way at a time. */
export const laneWidth = 8;
/** Longer than a call takes: what is not settled by then was left behind by a process that is gone. */
const leaseTime = 30_000;
/** How often an operator may answer that a call has Failed before that is taken for its last word. */
const patience = 10;

/** Where it is said what those who run the server should know. */
export interface ProgressLog {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface LaneOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly tls: ClientTls;
  /** How long an operator may take for its answer, in milliseconds. */
  readonly answerTimeout: number;
  readonly log: ProgressLog;
  /** Aborted when calls under way are to be broken off. */
  readonly signal: AbortSignal;
}

/** The calls to one operator: several at a time, of each profile one after the other. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #underWay = new Set<Promise<void>>();
  #operator: Operator;
  #client: OperatorClient;
  #problem: string | undefined;

  constructor(operator: Operator, options: LaneOptions) {
    this.#options = options;
    this.#operator = operator;
    this.#client = this.#connect();
  }

  /** Goes by what the operator is registered with now. */
  turnTo(operator: Operator): void {
    if (isSameEndpoint(this.#operator, operator)) return;
    this.#client.close();
    this.#operator = operator;
    this.#client = this.#connect();
  }

  #connect(): OperatorClient {
    const { tls, answerTimeout: timeout } = this.#options;
    return connectOperator(this.#operator, { tls, timeout, width: laneWidth });
  }

  /** Calls that are being made; none of them raises anything. */
  get underWay(): ReadonlySet<Promise<void>> {
    return this.#underWay;
  }

  /** Begins the calls that are due, as many as there is room for. */
  async fill(): Promise<void> {
    const { store, clock, log } = this.#options;
    const { identifier } = this.#operator;
    const room = laneWidth - this.#underWay.size;
    if (room === 0) return;
    const now = clock.now().getTime();
    for (const call of await store.leaseCallbacks(identifier, now, now + leaseTime, room)) {
      const made = this.#make(call)
        .catch((err: unknown) => log.error({ err, operator: identifier }, 'what came of a call was not kept'))
        .finally(() => this.#underWay.delete(made));
      this.#underWay.add(made);
    }
  }

  close(): void {
    this.#client.close();
  }

  async #make(call: Callback): Promise<void> {
    const { store, clock } = this.#options;
    const outcome = await this.#attempt(call);
    const now = clock.now().getTime();
    if (outcome === 'brokenOff') return store.returnCallback(call);
    if (outcome === 'received') {
      this.#note(undefined);
      return store.callbackDelivered(call, now);
    }
    const { problem, heard } = outcome;
    const attempts = call.attempts + 1;
    this.#note(heard ? undefined : problem);
    return heard && attempts >= patience
      ? store.callbackDelivered(call, now, problem)
      : store.callbackFailed(call, now + backOff(attempts), problem);
  }

  async #attempt({ body }: Callback): Promise<ReturnType<typeof judge> | 'brokenOff'> {
    const { signal } = this.#options;
    if (signal.aborted) return 'brokenOff';
    try {
      return judge(await this.#client.handleDownloadProgressInfo(body, signal));
    } catch (error) {
      return signal.aborted ? 'brokenOff' : { problem: reasonOf(error), heard: false };
    }
  }

  #note(problem: string | undefined): void {
    const { log } = this.#options;
    const operator = this.#operator.identifier;
    if (problem !== undefined && this.#problem === undefined)
      log.warn({ operator, problem }, 'the operator cannot be told of downloads; trying again');
    if (problem === undefined && this.#problem !== undefined)
      log.info({ operator }, 'the operator can be told of downloads again');
    this.#problem = problem;
  }
}

const isSameEndpoint = (one: Operator, other: Operator): boolean =>
  one.callbackUrl === other.callbackUrl &&
  one.callbackCa === other.callbackCa &&
  one.callbackClientCertificate === other.callbackClientCertificate;

/** Where a name has several addresses, the error is that of all attempts, and says nothing itself. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message || first.name : 'the call failed';
}
