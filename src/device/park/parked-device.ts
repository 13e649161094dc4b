import type { Clock } from '../../base/clock.js';
import type { CardProperties } from '../card/index.js';
import type { ConfiguredAddresses } from '../euicc/index.js';
import type { DownloadOptions } from '../lpa/index.js';
import type { VirtualDevice } from '../virtual-device.js';
import { Dialog, type ConductOfOperation } from './dialog.js';
import { ParkError } from './errors.js';
import { Operation, type Action, type OperationRecord, type OperationStep } from './operation.js';
import type { ParkEvent } from './park-event.js';
import type { Platform } from './platform.js';
import type { Question, UserAnswer, UserConduct } from './user.js';

/** The tools of a running action. */
export interface Task {
  readonly device: VirtualDevice;
  /** Records a completed step, and reports it as an event. */
  readonly step: (step: string, message: string) => void;
  /** Makes the members of `DownloadOptions` that record each step and put questions to the user of the device. */
  readonly downloadOptions: (
    conduct?: ConductOfOperation,
  ) => Required<Pick<DownloadOptions, 'consent' | 'confirmationCode' | 'onStep'>>;
}

/** Settings of a device that can change. */
export interface DeviceSettings {
  readonly user?: Partial<UserConduct> | undefined;
  readonly addresses?: Partial<ConfiguredAddresses> | undefined;
  /** Replaces all card properties, except the EID. */
  readonly card?: CardProperties | undefined;
}

interface ParkedDeviceParts {
  readonly name: string;
  readonly namespace: string;
  readonly platform: Platform;
  readonly device: VirtualDevice;
  readonly user: UserConduct;
  readonly clock: Clock;
  readonly tell: (event: ParkEvent) => void;
}

/** Maximum number of operations that a device keeps. */
const mostOperations = 20;

/** A virtual device in a park. It runs one action at a time. */
export class ParkedDevice {
  readonly name: string;
  /** Empty: no namespace. */
  readonly namespace: string;
  readonly platform: Platform;
  /** The device itself. For actions that take time, use {@link start}, which allows only one action at a time. */
  readonly device: VirtualDevice;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  #user: UserConduct;
  readonly #clock: Clock;
  readonly #tell: (event: ParkEvent) => void;
  readonly #dialog = new Dialog();
  #operations: readonly Operation[] = [];
  #lastId = 0;
  #isRemoved = false;

  constructor({ name, namespace, platform, device, user, clock, tell }: ParkedDeviceParts) {
    this.name = name;
    this.namespace = namespace;
    this.platform = platform;
    this.device = device;
    this.#user = user;
    this.#clock = clock;
    this.#tell = tell;
    this.madeAt = this.#now();
  }

  /** 32 digits. */
  get eid(): string {
    return this.device.eid;
  }

  /** How the user behaves. */
  get user(): UserConduct {
    return this.#user;
  }

  /** The newest operations, oldest first. */
  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** The operation that runs now. */
  get current(): Operation | undefined {
    const last = this.#operations.at(-1);
    return last?.hasEnded === false ? last : undefined;
  }

  /** The question that the device asks its user now. */
  get question(): Question | undefined {
    return this.#dialog.question;
  }

  /**
   * Starts an action. The operation ends as `done` with the value that `work` returns, or as `failed` with the Error
   * that `work` throws.
   *
   * @param request the parameters of the action. The operation shows them, so they must not contain secrets
   * @throws ParkError (busy) if another action runs
   */
  start(
    action: Action,
    request: OperationRecord['request'],
    work: (task: Task) => Promise<unknown>,
  ): Operation {
    this.requireIdle();
    const operation = new Operation({ id: ++this.#lastId, action, request, startedAt: this.#now() });
    this.#operations = [...this.#operations, operation].slice(-mostOperations);
    this.report('started', operation);
    void this.#run(operation, work);
    return operation;
  }

  /** @throws ParkError (busy) if an action runs */
  requireIdle(): void {
    const running = this.current?.record;
    if (!running) return;
    throw new ParkError(
      { kind: 'busy', operation: running },
      `device '${this.name}' is busy with ${running.action} (operation ${running.id})`,
    );
  }

  /**
   * Answers the question that the device asks its user.
   *
   * @returns the operation, which continues
   * @throws ParkError (notAsked) if the device asks nothing; ParkError (codeMissing) if the device asks for the
   * confirmation code and the answer `yes` lacks it
   */
  answer(answer: UserAnswer): Operation {
    const { current, question } = this;
    if (!question || !current)
      throw new ParkError({ kind: 'notAsked' }, `device '${this.name}' is not asking its user a question`);
    const { answer: word, confirmationCode } = answer;
    if (question.asks === 'confirmationCode' && word === 'yes' && confirmationCode === undefined)
      throw new ParkError({ kind: 'codeMissing' }, `device '${this.name}' asks for the confirmation code`);
    current.change({ state: 'running', question: undefined });
    this.report('answered', current);
    this.#dialog.answer(answer);
    return current;
  }

  /**
   * Changes settings. Absent members keep their values.
   *
   * @throws ParkError (busy) if the card properties change while an action runs
   * @throws CardPropertiesError, MaterialError for wrong card properties
   */
  change({ user, addresses, card }: DeviceSettings): void {
    if (card) {
      this.requireIdle();
      this.device.changeCard(card);
    }
    if (user) this.#user = { ...this.#user, ...user };
    if (addresses) this.device.configure(addresses);
    this.report('changed');
  }

  /** Reports an event of this device to the park's listeners. */
  report(event: ParkEvent['event'], operation?: Operation, step?: OperationStep): void {
    if (this.#isRemoved) return;
    const { name, namespace, platform, eid } = this;
    this.#tell({
      ...{ event, at: this.#now(), device: { name, namespace, platform, eid } },
      ...(operation && { operation: operation.record }),
      ...(step && { step }),
    });
  }

  /** Switches the device off for ever. A running action fails, and the connections are closed. */
  remove(): void {
    this.report('removed');
    this.#isRemoved = true;
    this.#dialog.close();
    this.device.close();
  }

  async #run(operation: Operation, work: (task: Task) => Promise<unknown>): Promise<void> {
    try {
      const result = await work(this.#taskOf(operation));
      operation.change({ state: 'done', endedAt: this.#now(), result });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      operation.change({ state: 'failed', endedAt: this.#now(), question: undefined, error });
    }
    this.report('ended', operation);
  }

  #taskOf(operation: Operation): Task {
    const step = (name: string, message: string): void => {
      const done = { at: this.#now(), step: name, message };
      operation.addStep(done);
      this.report('step', operation, done);
    };
    const asked = (question: Question): void => {
      operation.change({ state: 'asking', question });
      this.report('asking', operation);
    };
    const timedOut = (): void => operation.change({ state: 'running', question: undefined });
    return {
      ...{ device: this.device, step },
      downloadOptions: (conduct = {}) => ({
        ...this.#dialog.decisions(this.#user, conduct, { asked, timedOut }),
        onStep: (done) => step(done.step, done.message),
      }),
    };
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
