import type { Question } from './user.js';

/** The actions of a device. Device management adds further actions. */
export type Action =
  | 'download'
  | 'discover'
  | 'enable'
  | 'disable'
  | 'delete'
  | 'nickname'
  | 'sendNotifications'
  | 'reset'
  | (string & Record<never, never>);

/** A step that an operation has completed. */
export interface OperationStep {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The step of a download, such as `authenticateClient`. For other work, a short name, such as `server`. */
  readonly step: string;
  readonly message: string;
}

/**
 * `asking`: the device waits for its user. `done`: the action has a result. A download that the user cancelled or a
 * test stopped is `done`, too. `failed`: the action has an error.
 */
export type OperationState = 'running' | 'asking' | 'done' | 'failed';

/** A snapshot of an operation. Times are milliseconds since 1970. */
export interface OperationRecord {
  /** Numbered from 1 for each device. */
  readonly id: number;
  readonly action: Action;
  /** The parameters of the action, without secrets. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly state: OperationState;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** The question that the device asks its user. */
  readonly question: Question | undefined;
  /** The result. Its form depends on the action. */
  readonly result: unknown;
  /** Why the operation failed. */
  readonly error: Error | undefined;
}

/** Maximum number of steps that an operation keeps. A long discovery may have more. */
const mostSteps = 200;

/** One action of a device, running or ended. */
export class Operation {
  readonly steps: OperationStep[] = [];
  /** Number of old steps that were dropped because there were too many. */
  droppedSteps = 0;
  #record: OperationRecord;
  readonly #listeners = new Set<() => void>();

  constructor(begin: Pick<OperationRecord, 'id' | 'action' | 'request' | 'startedAt'>) {
    this.#record = {
      ...begin,
      state: 'running',
      ...{ endedAt: undefined, question: undefined, result: undefined, error: undefined },
    };
  }

  get record(): OperationRecord {
    return this.#record;
  }

  get hasEnded(): boolean {
    return this.#record.endedAt !== undefined;
  }

  addStep(step: OperationStep): void {
    this.steps.push(step);
    if (this.steps.length > mostSteps) {
      this.steps.shift();
      this.droppedSteps++;
    }
  }

  change(change: Partial<OperationRecord>): void {
    this.#record = { ...this.#record, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves when the operation has ended, when it waits for the user, or when `signal` is aborted. */
  async settled(signal: AbortSignal): Promise<void> {
    if (this.#record.state !== 'running' || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.#record.state === 'running' && !signal.aborted) return;
        this.#listeners.delete(look);
        signal.removeEventListener('abort', look);
        resolve();
      };
      this.#listeners.add(look);
      signal.addEventListener('abort', look);
    });
  }
}
